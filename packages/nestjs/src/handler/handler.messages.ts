import type { HandlerDefinition } from './handler.definition.js';
import type { Subscription } from './subscription.js';

export const HANDLER_MAPPED = ({ name, subscriptions }: HandlerDefinition) =>
  `Mapped {${subscriptions.map(describe).join(' | ')}} to ${name}`;

export const NO_HANDLERS =
  'No notification handler was found, so every notification will be acknowledged unhandled; ' +
  'decorate a method with @OnNotification() and add its class to the "providers" of a module';

function describe({ kinds, filter }: Subscription): string {
  const conditions = Object.entries(filter).map(([key, value]) => `${key}: ${valueOf(value)}`);
  return [kinds.join(', '), ...conditions].join('; ');
}

function valueOf(value: unknown): string {
  return typeof value === 'function' ? 'function' : String(value);
}
