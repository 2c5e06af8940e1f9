import { InvalidHandlerOptionError, UnknownFilterKeyError } from '../handler.errors.js';
import type { HandlerOptions } from '../handler.definition.js';
import { NOTIFICATION_FILTER_KEYS } from '../notification.filter.js';

const CHECKS: Readonly<
  Record<
    keyof HandlerOptions,
    { readonly isRight: (value: number) => boolean; readonly rule: string }
  >
> = {
  attempts: {
    isRight: (value) => Number.isInteger(value) && value >= 1,
    rule: 'must be a whole number of 1 or more',
  },
  timeoutMs: {
    isRight: (value) => Number.isFinite(value) && value > 0,
    rule: 'must be a number of milliseconds greater than 0',
  },
};

/**
 * Checks at run time what TypeScript checks at compile time, for code that is compiled without
 * types.
 *
 * @throws {UnknownFilterKeyError}
 * @throws {InvalidHandlerOptionError}
 */
export function refuseWrongOptions(handler: string, filter: object, options: object): void {
  for (const key of Object.keys(filter)) {
    if (!Object.hasOwn(NOTIFICATION_FILTER_KEYS, key))
      throw new UnknownFilterKeyError(handler, key);
  }
  for (const [key, value] of Object.entries(options)) {
    if (!Object.hasOwn(CHECKS, key)) {
      const known = Object.keys(CHECKS).join(' or ');
      throw new InvalidHandlerOptionError(handler, key, `does not exist; use ${known}`);
    }
    const { isRight, rule } = CHECKS[key as keyof HandlerOptions];
    if (value !== undefined && !isRight(value))
      throw new InvalidHandlerOptionError(handler, key, rule);
  }
}
