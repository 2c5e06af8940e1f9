/** Every known `messageData.typeMessage`, at run time. */
export const messageTypes = [
  'textMessage',
  'extendedTextMessage',
  'quotedMessage',
  'reactionMessage',
  'imageMessage',
  'videoMessage',
  'documentMessage',
  'audioMessage',
  'stickerMessage',
  'locationMessage',
  'contactMessage',
  'contactsArrayMessage',
  'ContactsArrayMessage',
  'pollMessage',
  'pollUpdateMessage',
  'editedMessage',
  'deletedMessage',
  'groupInviteMessage',
  'buttonsMessage',
  'buttonsResponseMessage',
  'listMessage',
  'listResponseMessage',
  'templateMessage',
  'templateButtonsReplyMessage',
  'templateButtonReplyMessage',
  'interactiveButtons',
  'interactiveButtonsReply',
  'interactiveButtonsResponse',
  'orderMessage',
  'productMessage',
  'pollCreationMessage',
  'liveLocationMessage',
  'pinInChatMessage',
  'keepInChat',
] as const;

/** Every known `messageData.typeMessage`. */
export type MessageType = (typeof messageTypes)[number];

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
