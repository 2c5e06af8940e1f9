import type { InstanceIdentity, MessageEnvelope, TypeInstance } from './notification.types.js';

const CHATS = { whatsapp: '79001234567@c.us', telegram: '10000000', v3: '10000000' } as const;

/** The chat that a builder uses by default. */
export function defaultChat(typeInstance: TypeInstance): string {
  return CHATS[typeInstance];
}

const GROUP_MEMBER = {
  whatsapp: '79007654321@c.us',
  telegram: '20000000',
  v3: '20000000',
} as const;

/**
 * The `senderData` of a message: the sender is the other person, or the account if it sent the
 * message.
 */
export function senderData(
  identity: InstanceIdentity,
  direction: 'incoming' | 'outgoing',
  envelope: MessageEnvelope,
): Record<string, unknown> {
  const { typeInstance, wid } = identity;
  const chatId = envelope.chatId ?? defaultChat(typeInstance);
  const isGroup = chatId.endsWith('@g.us') || chatId.startsWith('-');
  const correspondent = envelope.sender ?? (isGroup ? GROUP_MEMBER[typeInstance] : chatId);
  const senderName = envelope.senderName ?? (direction === 'incoming' ? 'Alex' : 'Shop');
  const shared = {
    chatId,
    sender: direction === 'incoming' ? correspondent : wid,
    senderName,
    chatName: envelope.chatName ?? (isGroup ? 'Family' : senderName),
    senderContactName: envelope.senderContactName ?? '',
  };
  if (typeInstance === 'whatsapp') return shared;
  const senderPhoneNumber = isGroup || direction === 'outgoing' ? 0 : 79001234567;
  const chatType = isGroup ? 'group' : 'user';
  return { ...shared, senderPhoneNumber, chatType, senderType: 'user' };
}
