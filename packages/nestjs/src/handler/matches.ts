import type { Delivery } from '../delivery/delivery.js';
import { chatIdOf, isGroup, typeMessageOf } from '../notification/notification.accessors.js';
import { isKnownKind } from '../notification/kind.guards.js';
import type { Notification } from '../notification/notification.js';
import { textOf } from '../notification/text-of.js';
import type { NotificationFilter } from './notification.filter.js';
import type { Subscription } from './handler.definition.js';

/** Whether a subscription matches this delivery. If its `where` throws, so does this function. */
export function matches({ kinds, filter }: Subscription, delivery: Delivery): boolean {
  const { notification, instance } = delivery;
  return (
    kinds.some((kind) => matchesKind(kind, notification.typeWebhook)) &&
    isOneOf(filter.typeMessage, () => typeMessageOf(notification)) &&
    isOneOf(filter.status, () => fieldOf(notification, 'status')) &&
    isOneOf(filter.stateInstance, () => fieldOf(notification, 'stateInstance')) &&
    isOneOf(filter.instance, () => instance.name) &&
    matchesChat(filter.chat, notification) &&
    matchesText(filter.text, notification) &&
    (filter.where === undefined || filter.where(notification as never))
  );
}

function matchesKind(kind: string, typeWebhook: string): boolean {
  if (kind === '*') return true;
  return kind === 'unknown' ? !isKnownKind(typeWebhook) : kind === typeWebhook;
}

function isOneOf(wanted: string | readonly string[] | undefined, actual: () => unknown): boolean {
  if (wanted === undefined) return true;
  const value = actual();
  return typeof wanted === 'string' ? wanted === value : wanted.some((one) => one === value);
}

function matchesChat(wanted: NotificationFilter['chat'], notification: Notification): boolean {
  if (wanted === undefined) return true;
  if (chatIdOf(notification) === undefined) return false;
  return (wanted === 'group') === isGroup(notification);
}

function matchesText(wanted: NotificationFilter['text'], notification: Notification): boolean {
  if (wanted === undefined) return true;
  const text = textOf(notification);
  if (text === undefined) return false;
  // `search` ignores `lastIndex`, so an expression with the flag `g` or `y` has no state between
  // messages.
  return typeof wanted === 'string' ? text === wanted : text.search(wanted) !== -1;
}

function fieldOf(notification: Notification, field: string): unknown {
  return (notification as unknown as Readonly<Record<string, unknown>>)[field];
}
