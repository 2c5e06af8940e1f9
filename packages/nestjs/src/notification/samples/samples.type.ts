import type { MessageData } from '../message/message-data.js';
import type { MessageType } from '../message/message-type.js';

/** Shapes of `messageData` that GREEN-API's pages publish, for tests. */
export type Samples<TypeMessage extends MessageType> = {
  readonly [Type in TypeMessage]: readonly MessageData<Type>[];
};
