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
