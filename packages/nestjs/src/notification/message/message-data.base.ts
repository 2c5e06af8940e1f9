import type { QuotedMessage } from './quoted-message.js';

/** What every `messageData` has, whatever its `typeMessage`. */
export interface MessageDataBase<TypeMessage extends string> {
  typeMessage: TypeMessage;
  /** The message this one answers or reacts to; absent when it quotes nothing. */
  quotedMessage?: QuotedMessage;
}
