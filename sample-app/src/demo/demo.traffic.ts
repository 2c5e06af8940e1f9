import {
  catalogue,
  type CatalogueItem,
  type NotificationBuilder,
  notificationMix,
  type NotificationObject,
} from '@green-notifications/emulator';

const SEED = 7;
const CHATS = 5;
/** After so many notifications of the catalogue comes a text that asks the listeners for something. */
const SPELL_EVERY = 6;
const EVERYDAY_EVERY = 3;
const SPELLS = ['echo Is anybody there?', 'fail 1', 'sleep 700', 'fail 2'];

/** How many notifications it takes until every kind was there. */
export const DEMO_TRAFFIC_CYCLE = everyKindOnce().length;

/** Every kind of notification once, then everyday traffic without end; texts that fail in between. */
export function* demoTraffic(builder: NotificationBuilder): Generator<NotificationObject, void> {
  const everyday = notificationMix(builder, { seed: SEED, chats: CHATS });
  const kinds = everyKindOnce();
  for (let made = 0; ; made += 1) {
    if (made % SPELL_EVERY === SPELL_EVERY - 1) {
      yield builder.incomingText(SPELLS[Math.floor(made / SPELL_EVERY) % SPELLS.length]!);
    }
    const kind = kinds[made];
    if (kind) yield kind.build(builder);
    if (!kind || made % EVERYDAY_EVERY === 0) yield everyday.next().value!;
  }
}

/** One of each `typeWebhook`, and one of each `typeMessage`. */
function everyKindOnce(): CatalogueItem[] {
  const shown = new Set<string>();
  return catalogue.filter(({ typeWebhook, typeMessage, messengers }) => {
    const isNew = !shown.has(typeWebhook) || (typeMessage && !shown.has(typeMessage));
    if (!isNew || !messengers.includes('whatsapp')) return false;
    shown.add(typeWebhook).add(typeMessage ?? typeWebhook);
    return true;
  });
}
