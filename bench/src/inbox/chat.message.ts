import { TEXT } from '../gateway/published.bodies.js';

/** A message of a chat. `number` is its place in the chat. */
export interface ChatMessage {
  /** Differs from one filling of the queue to the next. */
  readonly batch: number;
  readonly chat: number;
  readonly number: number;
}

/** The text that GREEN-API publishes, as this message. Its idMessage is `<batch>-<chat>-<number>`. */
export function bodyOf({ batch, chat, number }: ChatMessage): Readonly<Record<string, unknown>> {
  const chatId = `${79_001_000_000 + chat}@c.us`;
  return {
    ...TEXT,
    instanceData: { idInstance: 1101000001, wid: '79001230000@c.us', typeInstance: 'whatsapp' },
    timestamp: 1_790_000_000,
    idMessage: `${batch}-${chat}-${number}`,
    senderData: { chatId, sender: chatId, chatName: 'Ann Brown', senderName: 'Ann Brown' },
  };
}

export function messageOf(body: unknown): ChatMessage {
  const { idMessage } = body as { readonly idMessage: string };
  const [batch, chat, number] = idMessage.split('-').map(Number);
  return { batch: batch!, chat: chat!, number: number! };
}
