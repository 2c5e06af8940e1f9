/** A message that a caller sent through `sendMessage`. */
export interface SentMessage {
  readonly idMessage: string;
  readonly chatId: string;
  readonly message: string;
  readonly quotedMessageId?: string;
  readonly atMs: number;
}
