import type { HandledNotifications } from './wanted-settings.js';

/** The switches of GREEN-API's settings that must be on for a `typeWebhook` to arrive. */
const BY_KIND: Readonly<Record<string, readonly string[]>> = {
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
};

/** The switches that some messages need in addition to those of their kind. */
const BY_TYPE_MESSAGE: Readonly<Record<string, readonly string[]>> = {
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
    for (const [table, names] of [
      [BY_KIND, kinds],
      [BY_TYPE_MESSAGE, typeMessages],
    ] as const) {
      for (const name of names.filter((known) => Object.hasOwn(table, known))) {
        for (const one of table[name]!) if (!needed.has(one)) needed.set(one, name);
      }
    }
  }
  return needed;
}
