import type { HandlerDefinition } from './handler.definition.js';
import type { Subscription } from './subscription.js';

export const HANDLER_MAPPED = ({ name, subscriptions }: HandlerDefinition) =>
  `Mapped {${subscriptions.map(describe).join(' | ')}} to ${name}`;

function describe({ kinds, filter }: Subscription): string {
  const conditions = Object.entries(filter).map(([key, value]) => `${key}: ${valueOf(value)}`);
  return [kinds.join(', '), ...conditions].join('; ');
}

function valueOf(value: unknown): string {
  return typeof value === 'function' ? 'function' : String(value);
}
