import type { CatalogueItem } from './catalogue.item.js';
import type { NotificationBuilder } from './notification.builder.js';
import type { NotificationObject } from './notification.object.js';
import type { TypeInstance } from './type-instance.js';

const EVERYWHERE: readonly TypeInstance[] = ['whatsapp', 'telegram', 'v3'];
const WHATSAPP: readonly TypeInstance[] = ['whatsapp'];

/** Every kind of notification that is not a message: statuses, calls, the account itself. */
export function accountCatalogue(): CatalogueItem[] {
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
