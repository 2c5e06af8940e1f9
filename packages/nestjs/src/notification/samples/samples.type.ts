import type { MessageData, MessageType } from '../message/message-data.js';

/** Shapes of `messageData` that GREEN-API's pages publish, for tests. */
export type Samples<TypeMessage extends MessageType> = {
  readonly [Type in TypeMessage]: readonly MessageData<Type>[];
};
