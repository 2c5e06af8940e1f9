import {
  catalogue,
  type CatalogueItem,
  type NotificationBuilder,
  notificationMix,
  type NotificationObject,
} from '@green-notifications/emulator';

const SEED = 7;
const CHATS = 5;
/** How often a text with a command for the listeners is sent. */
const COMMAND_EVERY = 6;
/** How often everyday traffic is sent while the kinds are shown. */
const EVERYDAY_EVERY = 3;
const COMMANDS = ['echo Is anybody there?', 'fail 1', 'sleep 700', 'fail 2'];

/** The number of catalogue notifications until each kind was sent once. */
export const DEMO_TRAFFIC_CYCLE = everyKindOnce().length;

/**
 * Endless traffic: every kind of notification once, mixed with everyday traffic and with commands
 * for the listeners, such as "fail 1".
 */
export function* demoTraffic(builder: NotificationBuilder): Generator<NotificationObject, void> {
  const everyday = notificationMix(builder, { seed: SEED, chats: CHATS });
  const kinds = everyKindOnce();
  for (let made = 0; ; made += 1) {
    if (made % COMMAND_EVERY === COMMAND_EVERY - 1) {
      yield builder.incomingText(COMMANDS[Math.floor(made / COMMAND_EVERY) % COMMANDS.length]!);
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
