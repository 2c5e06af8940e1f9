import { readThrown } from '../common/thrown.js';
import { idMessageOf } from '../notification/id-message-of.js';
import type { Notification } from '../notification/notification.js';
import type { DeadLetter } from './dead-letter/dead-letter.js';
import type { HandlerRun } from './handler-run.js';

/** Names a notification without the chat, which is a phone number, and without its content. */
export function describeNotification(notification: Notification): string {
  const idMessage = idMessageOf(notification);
  return idMessage === undefined
    ? notification.typeWebhook
    : `${notification.typeWebhook} ${idMessage}`;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

export const HANDLER_FAILED = (run: HandlerRun, notification: Notification, next: string) =>
  `${run.handler} failed at ${describeNotification(notification)} (attempt ${run.attempt}); ` +
  `${next}: ${messageOf(run.error)}`;

export const KEPT = (retryAfterMs: number) => `kept, next attempt in ${seconds(retryAfterMs)}`;

export const GIVING_UP = 'giving up';

export const HANDLER_RECOVERED = (run: HandlerRun, notification: Notification) =>
  `${run.handler} handled ${describeNotification(notification)} on attempt ${run.attempt}`;

export const UNHANDLED = (notification: Notification) =>
  `No handler for ${describeNotification(notification)}`;

export const STUCK = (notification: Notification, handlers: string, retryAfterMs: number) =>
  `${describeNotification(notification)} has used up its attempts at ${handlers} and holds back ` +
  `everything behind it; next attempt in ${seconds(retryAfterMs)}. ` +
  'Configure deadLetters to have it put aside';

export const DEAD_LETTER_STORE_FAILED = (error: unknown) =>
  'The dead letter store failed, so what was given up on is not acknowledged and will be tried ' +
  `again: ${messageOf(error)}`;

export const DEAD_LETTERED = (letter: DeadLetter) =>
  letter.kind === 'unhandled'
    ? `${describeNotification(letter.notification)} is now dead letter ${letter.id}: ` +
      `${letter.handler} gave up after ${letter.attempts} attempts`
    : `Something that is no notification is now dead letter ${letter.id}`;

export const NOT_A_NOTIFICATION = (idInstance: string, body: unknown) =>
  `Received something from instance ${idInstance} that is no notification ` +
  `(${typeOf(body)} without a "typeWebhook"); it is acknowledged, so that the queue goes on`;

function messageOf(thrown: unknown): string {
  const { name, message } = readThrown(thrown);
  return thrown instanceof Error ? message || name : `threw ${name}`;
}

function typeOf(body: unknown): string {
  if (body === null) return 'null';
  return Array.isArray(body)
    ? 'an array'
    : `${typeof body === 'object' ? 'an' : 'a'} ${typeof body}`;
}

export const ATTEMPT_BROKE = (notification: Notification, error: unknown, retryAfterMs: number) =>
  `An attempt at ${describeNotification(notification)} broke off; kept, next attempt in ` +
  `${seconds(retryAfterMs)}: ${messageOf(error)}`;
