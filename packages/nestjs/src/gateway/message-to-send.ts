/** A text message for `sendMessage`. */
export interface MessageToSend {
  readonly chatId: string;
  readonly message: string;
  /** The `idMessage` that this message quotes. */
  readonly quotedMessageId?: string;
}
