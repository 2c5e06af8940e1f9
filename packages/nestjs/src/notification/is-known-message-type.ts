import type { MessageType } from './message/message-data.js';

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

/** Whether a `messageData.typeMessage` is one that this version has a type for. */
export function isKnownMessageType(typeMessage: string): typeMessage is MessageType {
  return Object.hasOwn(types, typeMessage);
}
