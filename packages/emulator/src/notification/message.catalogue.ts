import type { CatalogueItem } from './catalogue.item.js';
import type { MessageSample } from './message.sample.js';
import { MESSAGE_SAMPLES } from './message.samples.js';

const DIRECTIONS = [
  { direction: 'incoming', typeWebhook: 'incomingMessageReceived', adjective: 'incoming' },
  { direction: 'outgoing', typeWebhook: 'outgoingMessageReceived', adjective: 'outgoing' },
  { direction: 'outgoingApi', typeWebhook: 'outgoingAPIMessageReceived', adjective: 'API-sent' },
] as const;

/** Every kind of message, in each of the directions it is known to travel. */
export function messageCatalogue(): CatalogueItem[] {
  return DIRECTIONS.flatMap((way) =>
    Object.entries(MESSAGE_SAMPLES)
      .filter(([, { directions }]) => directions?.includes(way.direction) ?? true)
      .map(([name, sample]) => item(way, name, sample)),
  );
}

function item(
  { direction, typeWebhook, adjective }: (typeof DIRECTIONS)[number],
  name: string,
  sample: MessageSample,
): CatalogueItem {
  return {
    name: `${adjective} ${name}`,
    typeWebhook,
    typeMessage: sample.typeMessage,
    messengers: sample.messengers ?? ['whatsapp', 'telegram', 'v3'],
    build: (builder) => builder[direction](sample.make(builder)),
  };
}
