import type { MessageData } from '../notification.types.js';
import { NOT_FORWARDED } from './shared.fields.js';

const BUTTONS = [
  { type: 'reply', buttonId: '1', buttonText: 'Yes' },
  { type: 'url', buttonId: '2', buttonText: 'Site', url: 'https://example.com' },
  { type: 'call', buttonId: '3', buttonText: 'Call', phoneNumber: '79001112233' },
  { type: 'copy', buttonId: '4', buttonText: 'Copy', copyCode: '1234' },
];

/** Builders of messages with buttons or lists, and of taps on them. */
export const interactiveMessages = {
  buttons: (contentText = 'Shall we deliver?'): MessageData => ({
    typeMessage: 'buttonsMessage',
    buttonsMessage: {
      contentText,
      footer: '',
      buttons: BUTTONS.slice(0, 1).map(({ buttonId, buttonText }) => ({ buttonId, buttonText })),
      ...NOT_FORWARDED,
    },
  }),

  list: (contentText = 'Pick a size'): MessageData => ({
    typeMessage: 'listMessage',
    listMessage: {
      contentText,
      title: 'Sizes',
      footer: '',
      buttonText: 'Open',
      sections: [{ title: 'All', rows: [{ title: 'Small', rowId: '1', description: '200 ml' }] }],
      ...NOT_FORWARDED,
    },
  }),

  template: (contentText = 'Your order is ready'): MessageData => ({
    typeMessage: 'templateMessage',
    templateMessage: {
      contentText,
      footer: '',
      buttons: [
        { index: 1, urlButton: { displayText: 'Site', url: 'https://example.com' } },
        { index: 2, callButton: { displayText: 'Call', phoneNumber: '79001112233' } },
        { index: 3, quickReplyButton: { displayText: 'Thanks', id: 'thanks' } },
      ],
      ...NOT_FORWARDED,
    },
  }),

  interactiveButtons: (contentText = 'Shall we deliver?'): MessageData => ({
    typeMessage: 'interactiveButtons',
    interactiveButtons: { titleText: 'Order', contentText, footerText: '', buttons: BUTTONS },
  }),

  /** Three forms of the payload are published. This is the one of two official SDKs. */
  interactiveButtonsReply: (contentText = 'Shall we deliver?'): MessageData => ({
    typeMessage: 'interactiveButtonsReply',
    interactiveButtonsReply: {
      titleText: 'Order',
      contentText,
      footerText: '',
      buttons: BUTTONS.slice(0, 1),
    },
  }),

  buttonsResponse: (stanzaId: string): MessageData => ({
    typeMessage: 'buttonsResponseMessage',
    buttonsResponseMessage: { stanzaId, selectedButtonId: '1', selectedButtonText: 'Yes' },
  }),

  templateButtonsReply: (stanzaId: string): MessageData => ({
    typeMessage: 'templateButtonsReplyMessage',
    templateButtonReplyMessage: { stanzaId, ...tapped() },
  }),

  listResponse: (stanzaId: string): MessageData => ({
    typeMessage: 'listResponseMessage',
    listResponseMessage: { stanzaId, title: 'Small', listType: 1, singleSelectReply: '1' },
  }),

  /** Outgoing only: the owner of the account tapped a reply button on the phone. */
  interactiveButtonsResponse: (stanzaId: string): MessageData => ({
    typeMessage: 'interactiveButtonsResponse',
    interactiveButtonsResponse: { stanzaId, ...tapped() },
  }),
};

function tapped(): Record<string, unknown> {
  return { selectedIndex: 0, selectedId: '1', selectedDisplayText: 'Yes' };
}
