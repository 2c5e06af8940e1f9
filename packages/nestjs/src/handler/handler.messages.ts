import { readThrown } from '../common/thrown.js';
import type { HandlerDefinition, Subscription } from './handler.definition.js';
import type { UnknownWord } from './unknown-words.js';

export const HANDLER_MAPPED = ({ name, subscriptions }: HandlerDefinition) =>
  `Mapped {${subscriptions.map(describe).join(' | ')}} to ${name}`;

export const UNKNOWN_WORD = (handler: string, { field, word, nearest }: UnknownWord) =>
  `${handler} handles the ${field} "${word}", which is not a known GREEN-API value` +
  `${nearest === undefined ? '.' : `; did you mean "${nearest}"?`} The handler stays mapped, because ` +
  'GREEN-API may add new values';

export const LISTENERS_WITHOUT_STORE = (listeners: readonly string[]) =>
  `${listeners.join(' and ')} will never be called, because dead letters are not stored; set the ` +
  'option "deadLetters" of GreenNotificationsModule, or remove @OnDeadLetter()';

export const REPLY_NOT_REPEATED = (handler: string, reply: number | string, attempt: number) =>
  `${handler} did not send reply ${reply} on attempt ${attempt}, because an earlier attempt has sent ` +
  "something else as this reply; if both must be sent, name them: reply(…, { once: 'done' })";

export const TYPING_NOT_SHOWN = (handler: string, error: unknown) =>
  `${handler} replies without showing that it types: ${readThrown(error).message}`;

function describe({ kinds, filter }: Subscription): string {
  const conditions = Object.entries(filter).map(([key, value]) => `${key}: ${valueOf(value)}`);
  return [kinds.join(', '), ...conditions].join('; ');
}

function valueOf(value: unknown): string {
  return typeof value === 'function' ? 'function' : String(value);
}
