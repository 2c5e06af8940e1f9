import type { MessageDataByType } from '../../notification/message/message-data.js';

/** Under which key of `messageData` the content of each documented type stands. */
export interface PayloadKeys {
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

type Payload<TypeMessage extends keyof PayloadKeys> =
  PayloadKeys[TypeMessage] extends infer Key extends keyof MessageDataByType[TypeMessage]
    ? NonNullable<MessageDataByType[TypeMessage][Key]>
    : never;

/** What a message of this type holds unless a test says otherwise. */
export interface DefaultContent<TypeMessage extends keyof PayloadKeys> {
  readonly key: PayloadKeys[TypeMessage];
  readonly content: Payload<TypeMessage>;
}

/** Defaults of several types. */
export type DefaultContents<TypeMessage extends keyof PayloadKeys> = {
  readonly [Type in TypeMessage]: DefaultContent<Type>;
};
