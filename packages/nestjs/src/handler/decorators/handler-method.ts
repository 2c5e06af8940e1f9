import { NotAHandlerMethodError } from '../handler.errors.js';

type Method = (...args: never[]) => unknown;

/**
 * Returns the decorated method.
 *
 * @throws {NotAHandlerMethodError} if Nest could never call it
 */
export function handlerMethod(
  decorator: string,
  target: object,
  name: string | symbol,
  descriptor: { readonly value?: unknown } | undefined,
): Method {
  if (typeof target === 'function') {
    throw new NotAHandlerMethodError(
      decorator,
      `${target.name}.${String(name)}`,
      'a static method',
    );
  }
  const handler = `${target.constructor.name}.${String(name)}`;
  if (typeof name === 'symbol') {
    throw new NotAHandlerMethodError(decorator, handler, 'a method whose name is a symbol');
  }
  if (typeof descriptor?.value !== 'function') {
    throw new NotAHandlerMethodError(decorator, handler, 'a property or an accessor');
  }
  return descriptor.value as Method;
}
