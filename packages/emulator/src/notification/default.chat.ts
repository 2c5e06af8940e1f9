import type { TypeInstance } from './type-instance.js';

const CHATS = { whatsapp: '79001234567@c.us', telegram: '10000000', v3: '10000000' } as const;

/** The chat that a builder takes when none is named. */
export function defaultChat(typeInstance: TypeInstance): string {
  return CHATS[typeInstance];
}
