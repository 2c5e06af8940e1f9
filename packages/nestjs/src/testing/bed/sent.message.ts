/** A message that the application sent, by `reply` or by `client.sendMessage`. */
export interface SentMessage {
  readonly idInstance: string;
  readonly chatId: string;
  readonly message: string;
  /** The message that it quotes, if it does. */
  readonly quotedMessageId?: string;
}
