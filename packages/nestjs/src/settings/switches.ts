import type { MessageType } from '../notification/message/message-data.js';
import type { NotificationKind } from '../notification/notification.js';
import type { HandledNotifications } from './wanted-settings.js';

/** The switches of GREEN-API's settings that must be on for a `typeWebhook` to arrive. */
const BY_KIND: Readonly<Record<NotificationKind, readonly string[]>> = {
  incomingMessageReceived: ['incomingWebhook'],
  outgoingMessageReceived: ['outgoingMessageWebhook'],
  outgoingAPIMessageReceived: ['outgoingAPIMessageWebhook'],
  outgoingMessageStatus: ['outgoingWebhook'],
  stateInstanceChanged: ['stateWebhook'],
  statusInstanceChanged: ['statusInstanceWebhook'],
  deviceInfo: ['deviceWebhook'],
  incomingCall: ['incomingWebhook', 'incomingCallWebhook'],
  outgoingCall: ['outgoingCallWebhook'],
  incomingBlock: ['incomingWebhook', 'incomingBlockWebhook'],
  quotaExceeded: [],
};

/** The switches that some messages need in addition to those of their kind. */
const BY_TYPE_MESSAGE: Readonly<Partial<Record<MessageType, readonly string[]>>> = {
  pollMessage: ['pollMessageWebhook'],
  pollUpdateMessage: ['pollMessageWebhook'],
  editedMessage: ['editedMessageWebhook'],
  deletedMessage: ['deletedMessageWebhook'],
};

/** All switches that turn a kind of notification on or off. */
export const SWITCHES: readonly string[] = [
  ...new Set([...Object.values(BY_KIND), ...Object.values(BY_TYPE_MESSAGE)].flat()),
];

/**
 * Returns the switches that the handlers need, each with the kind or `typeMessage` that needs it. A
 * handler for `'*'` needs no particular switch.
 */
export function neededSwitches(
  handled: readonly HandledNotifications[],
): ReadonlyMap<string, string> {
  const needed = new Map<string, string>();
  for (const { kinds, typeMessages } of handled) {
    for (const name of kinds) add(needed, name, switchesOf(BY_KIND, name));
    for (const name of typeMessages) add(needed, name, switchesOf(BY_TYPE_MESSAGE, name));
  }
  return needed;
}

function switchesOf(
  table: Readonly<Record<string, readonly string[] | undefined>>,
  name: string,
): readonly string[] {
  return Object.hasOwn(table, name) ? (table[name] ?? []) : [];
}

function add(needed: Map<string, string>, name: string, switches: readonly string[]): void {
  for (const one of switches) if (!needed.has(one)) needed.set(one, name);
}
