import { MESSAGE_SAMPLES, type MessageSample } from './message.samples.js';
import type { NotificationBuilder } from './notification.builder.js';
import type { NotificationObject, TypeInstance } from './notification.types.js';

/** One kind of notification, and a function that builds it. */
export interface CatalogueItem {
  /** A readable name, unique in the catalogue. */
  readonly name: string;
  readonly typeWebhook: string;
  /** Only for the three message kinds. */
  readonly typeMessage?: string;
  /** The messengers for which it is documented. */
  readonly messengers: readonly TypeInstance[];
  build(builder: NotificationBuilder): NotificationObject;
}

const EVERYWHERE: readonly TypeInstance[] = ['whatsapp', 'telegram', 'v3'];
const WHATSAPP: readonly TypeInstance[] = ['whatsapp'];

const DIRECTIONS = [
  { direction: 'incoming', typeWebhook: 'incomingMessageReceived', adjective: 'incoming' },
  { direction: 'outgoing', typeWebhook: 'outgoingMessageReceived', adjective: 'outgoing' },
  { direction: 'outgoingApi', typeWebhook: 'outgoingAPIMessageReceived', adjective: 'API-sent' },
] as const;

/** Every kind of message, in each of its known directions. */
function messageCatalogue(): CatalogueItem[] {
  return DIRECTIONS.flatMap((way) =>
    Object.entries(MESSAGE_SAMPLES)
      .filter(([, { directions }]) => directions?.includes(way.direction) ?? true)
      .map(([name, sample]) => messageItem(way, name, sample)),
  );
}

function messageItem(
  { direction, typeWebhook, adjective }: (typeof DIRECTIONS)[number],
  name: string,
  sample: MessageSample,
): CatalogueItem {
  return {
    name: `${adjective} ${name}`,
    typeWebhook,
    typeMessage: sample.typeMessage,
    messengers: sample.messengers ?? EVERYWHERE,
    build: (builder) => builder[direction](sample.make(builder)),
  };
}

/** Every kind of notification that is not a message: statuses, calls, and about the account. */
function accountCatalogue(): CatalogueItem[] {
  return [
    ...statusItems(),
    ...callItems(),
    item('state change', 'stateInstanceChanged', EVERYWHERE, (b) =>
      b.stateInstanceChanged('authorized'),
    ),
    item('socket status change', 'statusInstanceChanged', WHATSAPP, (b) =>
      b.statusInstanceChanged('online'),
    ),
    item('device', 'deviceInfo', WHATSAPP, (b) => b.deviceInfo()),
    item('contact avatar', 'deviceInfo', WHATSAPP, (b) => b.avatarInfo()),
    item('block', 'incomingBlock', WHATSAPP, (b) => b.incomingBlock()),
    item('quota', 'quotaExceeded', EVERYWHERE, (b) => b.quotaExceeded()),
  ];
}

function statusItems(): CatalogueItem[] {
  const plain = [
    ['sent', WHATSAPP],
    ['delivered', EVERYWHERE],
    ['read', EVERYWHERE],
    ['noAccount', EVERYWHERE],
    ['notInGroup', EVERYWHERE],
  ] as const;
  const description = 'SWE004: the number of participants in the group has been exceeded - 300';
  return [
    ...plain.map(([status, messengers]) =>
      item(`status ${status}`, 'outgoingMessageStatus', messengers, (b) =>
        b.outgoingMessageStatus(status),
      ),
    ),
    item('status failed', 'outgoingMessageStatus', EVERYWHERE, (b) =>
      b.outgoingMessageStatus('failed', { description }),
    ),
  ];
}

function callItems(): CatalogueItem[] {
  const incoming = ['offer', 'pickUp', 'hangUp', 'missed', 'declined'];
  const outgoing = ['pickUp', 'hungUp', 'invalid'];
  return [
    ...incoming.map((status) =>
      item(`incoming call ${status}`, 'incomingCall', WHATSAPP, (b) => b.incomingCall(status)),
    ),
    ...outgoing.map((status) =>
      item(`outgoing call ${status}`, 'outgoingCall', WHATSAPP, (b) => b.outgoingCall(status)),
    ),
  ];
}

function item(
  name: string,
  typeWebhook: string,
  messengers: readonly TypeInstance[],
  build: (builder: NotificationBuilder) => NotificationObject,
): CatalogueItem {
  return { name, typeWebhook, messengers, build };
}

/** Every documented kind of notification: messages first, then the rest. */
export const catalogue: readonly CatalogueItem[] = [...messageCatalogue(), ...accountCatalogue()];
