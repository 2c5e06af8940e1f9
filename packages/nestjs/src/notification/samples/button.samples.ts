import type { Samples } from './samples.type.js';

const forwarding = { forwardingScore: 0, isForwarded: false };
const reply = {
  stanzaId: '3EB0D1',
  selectedIndex: 0,
  selectedId: '1',
  selectedDisplayText: 'Yes, please',
};
const simple = {
  contentText: 'Choose',
  footer: 'below',
  buttons: [{ buttonId: '1', buttonText: 'Green' }],
};
const list = {
  contentText: 'Choose',
  title: 'Colours',
  footer: 'below',
  buttonText: 'Open',
  sections: [{ title: 'All', rows: [{ title: 'Green', rowId: 'g', description: 'a colour' }] }],
};
const template = {
  contentText: 'Choose',
  footer: 'below',
  buttons: [
    { index: 1, urlButton: { displayText: 'Site', url: 'https://example.com' } },
    { index: '2', callButton: { displayText: 'Call', phoneNumber: '79001230001' } },
    { index: 3, quickReplyButton: { displayText: 'Yes, please', id: '1' } },
  ],
};
const interactive = {
  titleText: 'Title',
  contentText: 'Choose',
  footerText: 'below',
  buttons: [
    { type: 'copy', buttonId: '1', buttonText: 'Copy', copyCode: '3333' },
    { type: 'call', buttonId: '2', buttonText: 'Call', phoneNumber: '79001230001' },
    { type: 'url', buttonId: '3', buttonText: 'Open', url: 'https://example.com' },
    { type: 'reply', buttonId: '4', buttonText: 'Answer' },
  ],
};
const quoted = { stanzaId: '3EB0D2', participant: '79001230001@c.us' };

export const buttonSamples: Samples<
  | 'buttonsMessage'
  | 'buttonsResponseMessage'
  | 'listMessage'
  | 'listResponseMessage'
  | 'templateMessage'
  | 'templateButtonsReplyMessage'
  | 'templateButtonReplyMessage'
  | 'interactiveButtons'
  | 'interactiveButtonsReply'
  | 'interactiveButtonsResponse'
> = {
  buttonsMessage: [{ typeMessage: 'buttonsMessage', buttonsMessage: { ...simple, ...forwarding } }],
  buttonsResponseMessage: [
    {
      typeMessage: 'buttonsResponseMessage',
      buttonsResponseMessage: {
        stanzaId: '3EB0D1',
        selectedButtonId: '1',
        selectedButtonText: 'Green',
      },
      quotedMessage: { ...quoted, typeMessage: 'buttonsMessage', ...simple },
    },
  ],
  listMessage: [{ typeMessage: 'listMessage', listMessage: { ...list, ...forwarding } }],
  listResponseMessage: [
    {
      typeMessage: 'listResponseMessage',
      listResponseMessage: {
        stanzaId: '3EB0D1',
        title: 'Green',
        listType: 1,
        singleSelectReply: 'g',
      },
      quotedMessage: { ...quoted, typeMessage: 'listMessage', ...list },
    },
    {
      typeMessage: 'listResponseMessage',
      listResponseMessage: { title: 'Green', listType: '1', singleSelectReply: 'g' },
    },
  ],
  templateMessage: [
    { typeMessage: 'templateMessage', templateMessage: { ...template, ...forwarding } },
    {
      typeMessage: 'templateMessage',
      templateMessage: {
        namespace: 'n',
        elementName: 'e',
        titleText: 'Title',
        contentText: 'Choose',
        footerText: 'below',
        mediaUrl: 'https://example.com/a.jpg',
        buttons: [],
      },
    },
    { typeMessage: 'templateMessage', messageData: { templateId: '8222a14c', params: ['1', '2'] } },
  ],
  templateButtonsReplyMessage: [
    {
      typeMessage: 'templateButtonsReplyMessage',
      templateButtonReplyMessage: reply,
      quotedMessage: { ...quoted, typeMessage: 'templateMessage', ...template },
    },
  ],
  templateButtonReplyMessage: [
    {
      typeMessage: 'templateButtonReplyMessage',
      templateButtonReplyMessage: { ...reply, selectedIndex: '0' },
      quotedMessage: {
        ...quoted,
        typeMessage: 'templateButtonsReplyMessage',
        selectedDisplayText: 'Yes, please',
        selectedId: '1',
      },
    },
  ],
  interactiveButtons: [
    {
      typeMessage: 'interactiveButtons',
      interactiveButtons: interactive,
      quotedMessage: { ...quoted, typeMessage: 'interactiveButtons', ...interactive },
    },
  ],
  interactiveButtonsReply: [
    { typeMessage: 'interactiveButtonsReply', interactiveButtonsReply: interactive },
    {
      typeMessage: 'interactiveButtonsReply',
      interactiveButtonsReply: { header: 'Title', body: 'Choose', footer: 'below', buttons: [] },
    },
    { typeMessage: 'interactiveButtonsReply', interactiveButtons: interactive },
    { typeMessage: 'interactiveButtonsReply', templateButtonReplyMessage: reply },
  ],
  interactiveButtonsResponse: [
    { typeMessage: 'interactiveButtonsResponse', interactiveButtonsResponse: reply },
  ],
};
