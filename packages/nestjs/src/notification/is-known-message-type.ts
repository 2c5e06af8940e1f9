import { type MessageType, messageTypes } from './message/message-type.js';

const known: ReadonlySet<string> = new Set(messageTypes);

/** Whether a `messageData.typeMessage` is one that this version has a type for. */
export function isKnownMessageType(typeMessage: string): typeMessage is MessageType {
  return known.has(typeMessage);
}
