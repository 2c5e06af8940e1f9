import { PARAMETER_TYPES_METADATA, PARAMETERS_METADATA } from '../handler.constants.js';
import { Ctx, Payload } from './parameter.decorators.js';

interface DecoratedParameter {
  readonly index: number;
}

type DecoratedParameters = Readonly<Record<string, DecoratedParameter>>;

/**
 * Adds `@Payload()` to the first parameter and `@Ctx()` to the second, unless they have a decorator
 * already. Without one, Nest would run no pipes for them.
 */
export function decorateBareParameters(
  target: object,
  methodName: string,
  method: (...args: never[]) => unknown,
): void {
  const decorated = ownParameters(target, methodName);
  Reflect.defineMetadata(PARAMETERS_METADATA, decorated, target.constructor, methodName);
  const taken = new Set(Object.values(decorated).map(({ index }) => index));
  const count = parameterCount(target, methodName, method);
  for (const [index, decorator] of [Payload(), Ctx()].entries()) {
    if (index < count && !taken.has(index)) decorator(target, methodName, index);
  }
}

/**
 * Returns the parameter decorators of this method only. Nest's parameter decorators also copy those
 * of the method that it overrides, which has other parameters.
 */
function ownParameters(target: object, methodName: string): DecoratedParameters {
  const { constructor } = target;
  const inherited = new Set(Object.values(parametersOf(Object.getPrototypeOf(constructor))));
  const own = Reflect.hasOwnMetadata(PARAMETERS_METADATA, constructor, methodName)
    ? parametersOf(constructor)
    : {};
  return Object.fromEntries(
    Object.entries(own).filter(([, parameter]) => !inherited.has(parameter)),
  );

  function parametersOf(host: object): DecoratedParameters {
    return (Reflect.getMetadata(PARAMETERS_METADATA, host, methodName) ??
      {}) as DecoratedParameters;
  }
}

/**
 * `length` stops at the first parameter with a default value; the compiler's metadata has them all.
 */
function parameterCount(
  target: object,
  methodName: string,
  method: (...args: never[]) => unknown,
): number {
  const types: unknown = Reflect.getOwnMetadata(PARAMETER_TYPES_METADATA, target, methodName);
  return Math.max(method.length, Array.isArray(types) ? types.length : 0);
}
