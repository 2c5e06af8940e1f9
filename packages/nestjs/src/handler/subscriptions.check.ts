import { SafeLogger } from '../common/safe.logger.js';
import type { HandlerDefinition } from './handler.definition.js';
import { UnknownInstanceError } from './handler.errors.js';
import { UNKNOWN_WORD } from './handler.messages.js';
import { unknownWordsIn } from './unknown-words.js';

type Handler = Pick<HandlerDefinition, 'name' | 'subscriptions'>;

export interface KnownInstances {
  readonly instanceNames: readonly string[];
  /** Whether a handler may name an instance that does not exist: it may be added later. */
  readonly allowsUnknownInstances: boolean;
}

/**
 * Warns about handlers for a kind, type, status or state that GREEN-API is not known to send:
 * usually a misspelt word. The handlers stay mapped, because GREEN-API may add new values at any
 * time.
 *
 * @throws {UnknownInstanceError} if a handler is for an instance that does not exist and cannot be
 * added later
 */
export function checkSubscriptions(
  handlers: readonly Handler[],
  { instanceNames, allowsUnknownInstances }: KnownInstances,
): void {
  const logger = new SafeLogger('GreenNotifications');
  for (const { name, subscriptions } of handlers) {
    for (const unknown of unknownWordsIn(subscriptions)) logger.warn(UNKNOWN_WORD(name, unknown));
  }
  if (!allowsUnknownInstances) refuseUnknownInstances(handlers, instanceNames);
}

function refuseUnknownInstances(handlers: readonly Handler[], known: readonly string[]): void {
  for (const { name, subscriptions } of handlers) {
    const wanted = subscriptions.flatMap(({ filter }) => [filter.instance ?? []].flat());
    const unknown = wanted.find((instance) => !known.includes(instance));
    if (unknown !== undefined) throw new UnknownInstanceError(name, unknown, known);
  }
}
