import { readThrown } from '../common/thrown.js';
import { idMessageOf } from '../notification/notification.accessors.js';
import { isNotificationBody } from '../notification/kind.guards.js';
import type { Notification } from '../notification/notification.js';
import type { DeadLetter } from './dead-letter/dead-letter.js';
import type { Delivery } from './delivery.js';
import type { RawDelivery } from './notification.intake.js';
import type { FailedHandler, HandlerRun } from './outcome.js';

/** Names a notification without the chat, which is a phone number, and without its content. */
export function describeNotification(notification: Notification): string {
  const idMessage = idMessageOf(notification);
  return idMessage === undefined
    ? notification.typeWebhook
    : `${notification.typeWebhook} ${idMessage}`;
}

export const HANDLER_FAILED = (run: HandlerRun, delivery: Delivery, retryAfterMs: number) =>
  `${failure(run, delivery)}; kept, ${nextAttempt(delivery, retryAfterMs)}: ${messageOf(run.error)}`;

export const HANDLER_GAVE_UP = (run: HandlerRun, delivery: Delivery) =>
  `${failure(run, delivery)}; giving up: ${messageOf(run.error)}`;

export const HANDLER_RECOVERED = (run: HandlerRun, { notification }: Delivery) =>
  `${run.handler} handled ${describeNotification(notification)} on attempt ${run.attempt}`;

export const UNHANDLED = ({ notification }: Delivery) =>
  `No handler for ${describeNotification(notification)}`;

export const STUCK = (
  delivery: Delivery,
  handlers: readonly FailedHandler[],
  retryAfterMs: number,
) => {
  const failures = handlers.map(
    ({ handler, attempts, error }) => `${handler} (attempt ${attempts}: ${messageOf(error)})`,
  );
  return (
    `${describeNotification(delivery.notification)} has used up its attempts and cannot be stored, so ` +
    `it holds back everything behind it; ${nextAttempt(delivery, retryAfterMs)}. Mend ` +
    `${failures.join(' and ')}, or configure deadLetters so that the queue goes on`
  );
};

export const NOT_DUE = (delivery: Delivery, retryAfterMs: number) =>
  `${describeNotification(delivery.notification)} came again before any handler is due, which is in ` +
  `${(retryAfterMs / 1000).toFixed(1)} s; kept`;

export const DEAD_LETTER_STORE_FAILED = (error: unknown) =>
  'The dead letter store failed, so the notification is not acknowledged and will be tried again: ' +
  messageOf(error);

export const DEAD_LETTERED = (letter: DeadLetter) =>
  letter.kind === 'unhandled'
    ? `${describeNotification(letter.notification)} is now dead letter ${letter.id}: ` +
      `${letter.handler} gave up on attempt ${letter.attempts}`
    : `What could not be read is now dead letter ${letter.id}`;

export const UNREADABLE = ({ instance, body, transport }: RawDelivery, hasStore: boolean) =>
  `Received something${instance ? ` from instance ${instance.idInstance}` : ''} that ${faultOf(body)}` +
  (hasStore
    ? ''
    : `; it is ${transport === 'polling' ? 'deleted, so that the queue goes on' : 'answered 400, and GREEN-API posts it again'}, ` +
      'because there are no deadLetters to keep it in');

export const ATTEMPT_BROKE = (delivery: Delivery, error: unknown, retryAfterMs: number) =>
  `Handling ${describeNotification(delivery.notification)} broke off; kept, ` +
  `${nextAttempt(delivery, retryAfterMs)}: ${messageOf(error)}`;

export const INTAKE_FAILED = ({ instance }: Pick<RawDelivery, 'instance'>, error: unknown) =>
  `Taking in a notification of ${instance ? `instance ${instance.idInstance}` : 'an unknown instance'} ` +
  `failed; GREEN-API keeps it: ${messageOf(error)}`;

const failure = ({ handler, attempt }: HandlerRun, { notification }: Delivery) =>
  `${handler} failed to handle ${describeNotification(notification)} (attempt ${attempt})`;

/** A webhook comes again when GREEN-API posts it again, however soon its handler might run. */
function nextAttempt({ redeliveryMs }: Delivery, retryAfterMs: number): string {
  if (redeliveryMs === 0) return `next attempt in ${(retryAfterMs / 1000).toFixed(1)} s`;
  const posts = Math.max(1, Math.ceil(retryAfterMs / redeliveryMs));
  const seconds = (posts * redeliveryMs) / 1000;
  return `next attempt when GREEN-API posts it again, in about ${seconds} s`;
}

function messageOf(thrown: unknown): string {
  const { name, message } = readThrown(thrown);
  return thrown instanceof Error ? message || name : `threw ${name}`;
}

function faultOf(body: unknown): string {
  if (typeof body === 'string') return 'is not a notification (a text and not a JSON object)';
  return isNotificationBody(body)
    ? 'has no "instanceData.idInstance" and could be that of several instances'
    : `is not a notification (${typeOf(body)} without a "typeWebhook")`;
}

function typeOf(body: unknown): string {
  if (body === null) return 'null';
  if (Array.isArray(body)) return 'an array';
  return `${typeof body === 'object' ? 'an' : 'a'} ${typeof body}`;
}
