import type { DeadLetter } from '../../delivery/dead-letter/dead-letter.js';
import { ON_DEAD_LETTER_METADATA } from '../handler.constants.js';
import { handlerMethod } from './handler-method.js';

/**
 * Calls a method of a singleton provider for every dead letter, after the letter is stored. The
 * method does not affect anything else; an error that it throws is logged.
 *
 * @throws {NotAHandlerMethodError} on static methods, properties and methods named by a symbol
 */
export function OnDeadLetter() {
  return <Method extends (letter: DeadLetter) => unknown>(
    target: object,
    methodName: string,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    const method = handlerMethod('OnDeadLetter', target, methodName, descriptor);
    Reflect.defineMetadata(ON_DEAD_LETTER_METADATA, true, method);
  };
}
