import type { MessageType } from './message-data.js';

/** Every known type; the compiler refuses the table when one is missing. */
const types: Record<MessageType, true> = {
  textMessage: true,
  extendedTextMessage: true,
  quotedMessage: true,
  reactionMessage: true,
  imageMessage: true,
  videoMessage: true,
  documentMessage: true,
  audioMessage: true,
  stickerMessage: true,
  locationMessage: true,
  contactMessage: true,
  contactsArrayMessage: true,
  ContactsArrayMessage: true,
  pollMessage: true,
  pollUpdateMessage: true,
  editedMessage: true,
  deletedMessage: true,
  groupInviteMessage: true,
  buttonsMessage: true,
  buttonsResponseMessage: true,
  listMessage: true,
  listResponseMessage: true,
  templateMessage: true,
  templateButtonsReplyMessage: true,
  templateButtonReplyMessage: true,
  interactiveButtons: true,
  interactiveButtonsReply: true,
  interactiveButtonsResponse: true,
  orderMessage: true,
  productMessage: true,
  pollCreationMessage: true,
  liveLocationMessage: true,
  pinInChatMessage: true,
  keepInChat: true,
};

/** Every known `messageData.typeMessage`, at run time. */
export const messageTypes = Object.keys(types) as readonly MessageType[];

/**
 * A `typeMessage` that this version does not know. At run time it can be any other string. The
 * pattern is only for the compiler: when you compare `typeMessage` with a known type, it excludes
 * unknown ones. To find such messages, use `isUnknownMessage(n)` or, for one type,
 * `isMessage('newType')`.
 */
export type UnknownMessageType = `unknown ${string}` & { readonly unknownMessageType: never };

/** The data of a message whose `typeMessage` this version does not know. */
export interface UnknownMessageData {
  typeMessage: UnknownMessageType;
  [field: string]: unknown;
}

/** The data of a message whose `typeMessage` GREEN-API lists without documenting its fields. */
export interface OpaqueMessageData<TypeMessage extends string> {
  typeMessage: TypeMessage;
  [field: string]: unknown;
}
