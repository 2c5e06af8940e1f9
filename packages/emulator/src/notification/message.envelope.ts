/** Who wrote a message, where and under which id. Everything has a default. */
export interface MessageEnvelope {
  /** `<digits>@c.us`, `<digits>@g.us`; on Telegram and MAX a decimal string, negative for groups. */
  chatId?: string;
  /** Who wrote it. @default the chat itself, or for a group its first member */
  sender?: string;
  senderName?: string;
  chatName?: string;
  senderContactName?: string;
  /** @default a new one */
  idMessage?: string;
  /** UNIX seconds. @default now */
  timestamp?: number;
}
