import type { HandledNotifications } from './wanted-settings.js';

/** The switches of GREEN-API's settings that let a `typeWebhook` through. */
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

/** The switches that some messages need besides that of their kind. */
const BY_TYPE_MESSAGE: Readonly<Record<string, readonly string[]>> = {
  pollMessage: ['pollMessageWebhook'],
  pollUpdateMessage: ['pollMessageWebhook'],
  editedMessage: ['editedMessageWebhook'],
  deletedMessage: ['deletedMessageWebhook'],
};

/** Every switch that decides about some notification. */
export const SWITCHES: readonly string[] = [
  ...new Set([...Object.values(BY_KIND), ...Object.values(BY_TYPE_MESSAGE)].flat()),
];

/**
 * The switches that the handlers need, each with what needs it. A handler for `'*'` takes whatever
 * comes and needs none in particular.
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
