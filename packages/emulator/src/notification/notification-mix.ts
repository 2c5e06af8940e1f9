import { messages } from './messages/messages.js';
import type { NotificationBuilder } from './notification.builder.js';
import type { MessageData, NotificationObject } from './notification.types.js';
import { seededRandom } from './seeded-random.js';

export interface NotificationMixOptions {
  /** A whole number. The same seed gives the same traffic. */
  seed: number;
  /** The number of chats, or their ids. */
  chats: number | readonly string[];
  /** The number of notifications. @default endless */
  count?: number;
}

const NAMES = ['Alex', 'Maria', 'Sam', 'Olga', 'Ivan', 'Noor', 'Chen', 'Lena'];
const TEXTS = ['Hello', 'Is it ready?', 'Thank you', 'When do you open?', 'Two, please', 'ok'];

/**
 * Typical traffic of a shop: mostly texts from several chats, some files, reactions, statuses and
 * calls.
 */
export function* notificationMix(
  builder: NotificationBuilder,
  { seed, chats, count = Number.POSITIVE_INFINITY }: NotificationMixOptions,
): Generator<NotificationObject, void> {
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const chatIds = typeof chats === 'number' ? defaultChats(builder, chats) : chats;
  const isWhatsApp = builder.identity.typeInstance === 'whatsapp';

  for (let made = 0; made < count; made += 1) {
    const index = Math.floor(random() * chatIds.length);
    const chatId = chatIds[index] as string;
    const envelope = { chatId, senderName: NAMES[index % NAMES.length] as string };
    const dice = random();
    if (dice < 0.1) {
      yield builder.outgoingMessageStatus(pick(['delivered', 'read']), { chatId });
    } else if (dice < 0.13 && isWhatsApp) {
      yield builder.incomingCall('missed', { from: chatId });
    } else if (dice < 0.18) {
      yield builder.outgoing(messages.text(pick(TEXTS)), envelope);
    } else {
      yield builder.incoming(incomingData(builder, dice, pick), envelope);
    }
  }
}

function incomingData(
  builder: NotificationBuilder,
  dice: number,
  pick: <T>(from: readonly T[]) => T,
): MessageData {
  const { wid } = builder.identity;
  if (dice < 0.26) return messages.image({ caption: pick(TEXTS) });
  if (dice < 0.3) return messages.audio();
  if (dice < 0.34) return messages.document();
  if (dice < 0.38)
    return messages.reaction('👍', { stanzaId: builder.newIdMessage(), participant: wid });
  if (dice < 0.41) return messages.edited(pick(TEXTS), builder.newIdMessage());
  if (dice < 0.45) return messages.extendedText('https://example.com', { title: 'Example' });
  return messages.text(pick(TEXTS));
}

function defaultChats({ identity }: NotificationBuilder, count: number): string[] {
  const suffix = identity.typeInstance === 'whatsapp' ? '@c.us' : '';
  return Array.from({ length: count }, (_, index) => `${79000000001 + index}${suffix}`);
}
