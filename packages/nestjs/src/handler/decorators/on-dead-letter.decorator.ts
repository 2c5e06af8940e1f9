import type { DeadLetter } from '../../delivery/dead-letter/dead-letter.js';
import { ON_DEAD_LETTER_METADATA } from '../handler.constants.js';

type Listener = (letter: DeadLetter) => unknown;

/**
 * Has a provider's method told of every dead letter, once it is safely stored. What the method does
 * or throws has no influence on anything else.
 */
export function OnDeadLetter() {
  return (
    _target: object,
    _methodName: string | symbol,
    { value }: TypedPropertyDescriptor<Listener>,
  ): void => Reflect.defineMetadata(ON_DEAD_LETTER_METADATA, true, value!);
}
