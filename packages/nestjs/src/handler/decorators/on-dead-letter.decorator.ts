import type { DeadLetter } from '../../delivery/dead-letter/dead-letter.js';
import { ON_DEAD_LETTER_METADATA } from '../handler.constants.js';
import { handlerMethod } from './handler-method.js';

/**
 * Has a method of a singleton provider told of every dead letter, once it is safely stored. What
 * the method does has no influence on anything else; what it throws is logged.
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
