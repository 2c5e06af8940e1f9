import type { QuotedMessage } from './quoted-message.js';

/** The fields of every `messageData`. */
export interface MessageDataBase<TypeMessage extends string> {
  typeMessage: TypeMessage;
  /** The message that this one answers or reacts to. Missing if it quotes nothing. */
  quotedMessage?: QuotedMessage;
}
