import type { FileData } from '../../notification/message/file.message.js';
import type { MessageDataByType, MessageType } from '../../notification/message/message-data.js';

/** The key of `messageData` that holds the content, for each documented type. */
interface PayloadKeys {
  textMessage: 'textMessageData';
  extendedTextMessage: 'extendedTextMessageData';
  quotedMessage: 'extendedTextMessageData';
  reactionMessage: 'extendedTextMessageData';
  editedMessage: 'editedMessageData';
  deletedMessage: 'deletedMessageData';
  imageMessage: 'fileMessageData';
  videoMessage: 'fileMessageData';
  documentMessage: 'fileMessageData';
  audioMessage: 'fileMessageData';
  stickerMessage: 'fileMessageData';
  locationMessage: 'locationMessageData';
  contactMessage: 'contactMessageData';
  contactsArrayMessage: 'messageData';
  ContactsArrayMessage: 'messageData';
  pollMessage: 'pollMessageData';
  pollUpdateMessage: 'pollMessageData';
  groupInviteMessage: 'groupInviteMessageData';
  buttonsMessage: 'buttonsMessage';
  buttonsResponseMessage: 'buttonsResponseMessage';
  listMessage: 'listMessage';
  listResponseMessage: 'listResponseMessage';
  templateMessage: 'templateMessage';
  templateButtonsReplyMessage: 'templateButtonReplyMessage';
  templateButtonReplyMessage: 'templateButtonReplyMessage';
  interactiveButtons: 'interactiveButtons';
  interactiveButtonsReply: 'interactiveButtonsReply';
  interactiveButtonsResponse: 'interactiveButtonsResponse';
}

/** The types whose content GREEN-API documents. The others may contain anything. */
export type DocumentedType = {
  [Type in MessageType]: string extends keyof MessageDataByType[Type] ? never : Type;
}[MessageType];

type PayloadKey<TypeMessage extends DocumentedType> = TypeMessage extends keyof PayloadKeys
  ? PayloadKeys[TypeMessage] & keyof MessageDataByType[TypeMessage]
  : never;

/** What stands under that key. */
export type Payload<TypeMessage extends DocumentedType> = NonNullable<
  MessageDataByType[TypeMessage][PayloadKey<TypeMessage>]
>;

/** The default content of a message of this type. */
interface DefaultContent<TypeMessage extends DocumentedType> {
  readonly key: PayloadKey<TypeMessage>;
  readonly content: Payload<TypeMessage>;
}

const file = (fileName: string, mimeType: string): FileData => ({
  downloadUrl: `https://files.example.com/${fileName}`,
  caption: '',
  fileName,
  jpegThumbnail: '',
  mimeType,
  forwardingScore: 0,
  isForwarded: false,
});
const notForwarded = { forwardingScore: 0, isForwarded: false };
const contact = { displayName: 'Ann', vcard: 'BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEND:VCARD' };
const QUESTION = 'Tea or coffee?';
const reply = {
  stanzaId: '3EB0A1B2C3',
  selectedIndex: 0,
  selectedId: 'tea',
  selectedDisplayText: 'Tea',
};
const interactive = {
  titleText: '',
  contentText: QUESTION,
  footerText: '',
  buttons: [{ type: 'reply', buttonId: 'tea', buttonText: 'Tea' }],
};

export const DEFAULT_CONTENT: { readonly [Type in DocumentedType]: DefaultContent<Type> } = {
  textMessage: { key: 'textMessageData', content: { textMessage: 'Hello' } },
  extendedTextMessage: {
    key: 'extendedTextMessageData',
    content: {
      text: 'https://example.com',
      description: '',
      title: '',
      previewType: 'None',
      jpegThumbnail: '',
      forwardingScore: 0,
      isForwarded: false,
    },
  },
  quotedMessage: {
    key: 'extendedTextMessageData',
    content: { text: 'Yes', stanzaId: '3EB0A1B2C3', participant: '79001230000@c.us' },
  },
  reactionMessage: { key: 'extendedTextMessageData', content: { text: '👍' } },
  editedMessage: {
    key: 'editedMessageData',
    content: { textMessage: 'Hello again', stanzaId: '3EB0A1B2C3' },
  },
  deletedMessage: { key: 'deletedMessageData', content: { stanzaId: '3EB0A1B2C3' } },
  imageMessage: { key: 'fileMessageData', content: file('image.jpg', 'image/jpeg') },
  videoMessage: { key: 'fileMessageData', content: file('video.mp4', 'video/mp4') },
  documentMessage: { key: 'fileMessageData', content: file('document.pdf', 'application/pdf') },
  audioMessage: { key: 'fileMessageData', content: file('audio.ogg', 'audio/ogg; codecs=opus') },
  stickerMessage: {
    key: 'fileMessageData',
    content: { ...file('sticker.webp', 'image/webp'), isAnimated: false },
  },
  locationMessage: {
    key: 'locationMessageData',
    content: {
      latitude: 52.5,
      longitude: 13.4,
      nameLocation: '',
      address: '',
      jpegThumbnail: '',
      ...notForwarded,
    },
  },
  contactMessage: { key: 'contactMessageData', content: { ...contact, ...notForwarded } },
  contactsArrayMessage: { key: 'messageData', content: { contacts: [contact], ...notForwarded } },
  ContactsArrayMessage: { key: 'messageData', content: { contacts: [contact], ...notForwarded } },
  pollMessage: {
    key: 'pollMessageData',
    content: {
      name: QUESTION,
      options: [{ optionName: 'Tea' }, { optionName: 'Coffee' }],
      multipleAnswers: false,
    },
  },
  pollUpdateMessage: {
    key: 'pollMessageData',
    content: {
      stanzaId: '3EB0A1B2C3',
      name: QUESTION,
      votes: [
        { optionName: 'Tea', optionVoters: ['79001230001@c.us'] },
        { optionName: 'Coffee', optionVoters: [] },
      ],
      multipleAnswers: false,
    },
  },
  groupInviteMessage: {
    key: 'groupInviteMessageData',
    content: {
      groupJid: '120363000000000001@g.us',
      inviteCode: 'AbCdEf',
      inviteExpiration: { low: 1_900_000_000, high: 0, unsigned: false },
      groupName: 'Readers',
      caption: '',
      jpegThumbnail: '',
    },
  },
  buttonsMessage: {
    key: 'buttonsMessage',
    content: {
      contentText: QUESTION,
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
      contentText: QUESTION,
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
      contentText: QUESTION,
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
