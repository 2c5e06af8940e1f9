import { printable, printableId } from '../common/printable.js';
import { readThrown } from '../common/thrown.js';
import { idMessageOf } from '../notification/notification.accessors.js';
import { isNotificationBody } from '../notification/kind.guards.js';
import type { Notification } from '../notification/notification.js';
import type { UnhandledLetter } from './dead-letter/dead-letter.js';
import type { RedriveReport } from './dead-letter/redrive-report.js';
import type { Delivery } from './delivery.js';
import type { RawDelivery } from './notification.intake.js';
import type { FailedHandler, HandlerRun } from './outcome.js';

/**
 * Names a notification without its chat id, which may be a phone number, and without its content.
 */
function describeNotification(notification: Notification): string {
  const kind = printable(notification.typeWebhook);
  return `${kind} ${printableId(idMessageOf(notification) ?? '')}`.trimEnd();
}

export const HANDLER_FAILED = (run: HandlerRun, delivery: Delivery, retryAfterMs: number) =>
  `${failure(run, delivery)}; ${nextAttempt(delivery, retryAfterMs)}: ${messageOf(run.error)}`;

export const HANDLER_GAVE_UP = (run: HandlerRun, delivery: Delivery) =>
  `${failure(run, delivery)}; giving up: ${messageOf(run.error)}`;

export const FAILED_AFTER_COMMIT = (run: HandlerRun, { notification }: Delivery) =>
  `${run.handler} failed after its transaction was committed, so it has handled ` +
  `${describeNotification(notification)} and does not run again: ${messageOf(run.error)}`;

export const HANDLER_RECOVERED = (run: HandlerRun, { notification }: Delivery) =>
  `${run.handler} handled ${describeNotification(notification)} on attempt ${run.attempt}`;

export const UNHANDLED = ({ notification }: Delivery) =>
  `No handler matches ${describeNotification(notification)}`;

export const STUCK = (
  delivery: Delivery,
  handlers: readonly FailedHandler[],
  retryAfterMs: number,
) => {
  const failures = handlers.map(
    ({ handler, attempts, error }) => `${handler} (attempt ${attempts}: ${messageOf(error)})`,
  );
  return (
    `${describeNotification(delivery.notification)} has used up its attempts and could not be stored ` +
    `as a dead letter, so it blocks everything behind it; ${nextAttempt(delivery, retryAfterMs)}. ` +
    `Fix ${failures.join(' and ')}, or set deadLetters to a store that works`
  );
};

export const NOT_DUE = (delivery: Delivery, retryAfterMs: number) =>
  `${describeNotification(delivery.notification)} arrived again before a handler is due, in ` +
  `${(retryAfterMs / 1000).toFixed(1)} s; it is not acknowledged yet`;

export const REDRIVING = (report: RedriveReport) =>
  `Redriving dead letters: ${report.total - report.left} of ${report.total} done: ${results(report)}`;

export const REDRIVEN = (report: RedriveReport) =>
  `Redrove dead letters, ${report.total} in all: ${results(report)}, ${report.left} left`;

export const DEAD_LETTER_STORE_FAILED = (error: unknown, more?: number) =>
  `The dead letter store failed${more === undefined ? '' : ` ${more} more times`}, so the notification ` +
  `is not acknowledged and is retried; check the store: ${messageOf(error)}`;

export const DEAD_LETTERED = (letter: UnhandledLetter) =>
  `${describeNotification(letter.notification)} is now dead letter ${letter.id}: ` +
  `${letter.handler} gave up after attempt ${letter.attempts}`;

export const UNREADABLE_STORED = (letterId: string, more?: number) =>
  more === undefined
    ? `A body that could not be read is now dead letter ${letterId}`
    : `${more} more bodies that could not be read are now dead letters; the last is ${letterId}`;

interface UnreadableBody extends Pick<RawDelivery, 'instance' | 'transport'> {
  readonly fault: string;
}

export const UNREADABLE = (
  { instance, transport, fault }: UnreadableBody,
  hasStore: boolean,
  more?: number,
) =>
  `Received ${more === undefined ? 'a body' : `${more} more bodies`}` +
  (instance ? ` from instance ${instance.idInstance}` : '') +
  `${more === undefined ? ' that' : ', each of which'} ${fault}` +
  (hasStore
    ? ''
    : `; without a dead letter store such a body is ${transport === 'polling' ? 'deleted' : 'answered 400, and GREEN-API posts it again'}; ` +
      'set deadLetters to store such bodies');

export const NAMES_ANOTHER_INSTANCE = ({ instance: { idInstance } }: Delivery) =>
  `Instance ${idInstance} delivered a notification that names another instance; it is ` +
  `handled as one of instance ${idInstance}. Check idInstance, apiTokenInstance and apiUrl`;

export const ATTEMPT_BROKE = (delivery: Delivery, error: unknown, retryAfterMs: number) =>
  `Handling ${describeNotification(delivery.notification)} failed, but not in a handler; ` +
  `${nextAttempt(delivery, retryAfterMs)}: ${messageOf(error)}`;

export const INTAKE_FAILED = ({ instance }: Pick<RawDelivery, 'instance'>, error: unknown) =>
  `Accepting a notification of ${instance ? `instance ${instance.idInstance}` : 'an unknown instance'} ` +
  `failed; GREEN-API keeps it: ${messageOf(error)}`;

const failure = ({ handler, attempt }: HandlerRun, { notification }: Delivery) =>
  `${handler} failed to handle ${describeNotification(notification)} (attempt ${attempt})`;

/**
 * A webhook arrives again only when GREEN-API posts it again, even if its handler is due earlier.
 */
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

/** What is wrong with a body, in one of a few sentences. */
export function faultOf(body: unknown): string {
  if (typeof body === 'string') return 'is not a notification (a text instead of a JSON object)';
  return isNotificationBody(body)
    ? 'has no "instanceData.idInstance" and could belong to several instances'
    : `is not a notification (${typeOf(body)} without a "typeWebhook")`;
}

function typeOf(body: unknown): string {
  if (body === null) return 'null';
  if (Array.isArray(body)) return 'an array';
  return `${typeof body === 'object' ? 'an' : 'a'} ${typeof body}`;
}

function results({ handled, failed, skipped, gone }: RedriveReport): string {
  return (
    `${handled} handled, ${failed.length} failed again, ${skipped} skipped behind these in their chats, ` +
    `${gone} already gone`
  );
}
