import type { DefaultContents } from './default-content.type.js';

const notForwarded = { forwardingScore: 0, isForwarded: false };
const contentText = 'Tea or coffee?';
const reply = {
  stanzaId: '3EB0A1B2C3',
  selectedIndex: 0,
  selectedId: 'tea',
  selectedDisplayText: 'Tea',
};
const interactive = {
  titleText: '',
  contentText,
  footerText: '',
  buttons: [{ type: 'reply', buttonId: 'tea', buttonText: 'Tea' }],
};

export const BUTTON_CONTENT: DefaultContents<
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
  buttonsMessage: {
    key: 'buttonsMessage',
    content: {
      contentText,
      footer: '',
      buttons: [{ buttonId: 'tea', buttonText: 'Tea' }],
      ...notForwarded,
    },
  },
  buttonsResponseMessage: {
    key: 'buttonsResponseMessage',
    content: { stanzaId: reply.stanzaId, selectedButtonId: 'tea', selectedButtonText: 'Tea' },
  },
  listMessage: {
    key: 'listMessage',
    content: {
      contentText,
      title: '',
      footer: '',
      buttonText: 'Choose',
      sections: [{ title: 'Hot', rows: [{ title: 'Tea', rowId: 'tea' }] }],
      ...notForwarded,
    },
  },
  listResponseMessage: {
    key: 'listResponseMessage',
    content: { stanzaId: reply.stanzaId, title: 'Tea', listType: 1, singleSelectReply: 'tea' },
  },
  templateMessage: {
    key: 'templateMessage',
    content: {
      contentText,
      footer: '',
      buttons: [{ index: 1, quickReplyButton: { displayText: 'Tea', id: 'tea' } }],
      ...notForwarded,
    },
  },
  templateButtonsReplyMessage: { key: 'templateButtonReplyMessage', content: reply },
  templateButtonReplyMessage: { key: 'templateButtonReplyMessage', content: reply },
  interactiveButtons: { key: 'interactiveButtons', content: interactive },
  interactiveButtonsReply: { key: 'interactiveButtonsReply', content: interactive },
  interactiveButtonsResponse: { key: 'interactiveButtonsResponse', content: reply },
};
