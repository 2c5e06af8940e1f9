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
 * A `typeMessage` this version does not know. At run time it is any other string: the pattern
 * exists only so that comparing with a known type rules the unknown ones out. Reach it with
 * `isUnknownMessage(n)`, or `isMessage('newType')` for a type of your own.
 */
export type UnknownMessageType = `unknown ${string}` & { readonly unknownMessageType: never };

/** The data of a message whose `typeMessage` this version does not know. */
export interface UnknownMessageData {
  typeMessage: UnknownMessageType;
  [field: string]: unknown;
}

/** A type that GREEN-API names without documenting what comes with it. */
export interface OpaqueMessageData<TypeMessage extends string> {
  typeMessage: TypeMessage;
  [field: string]: unknown;
}
