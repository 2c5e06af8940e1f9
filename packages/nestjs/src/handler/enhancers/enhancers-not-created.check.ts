import type { Module } from '@nestjs/core/injector/module.js';

import { ENHANCERS_METADATA, PARAMETERS_METADATA } from '../handler.constants.js';
import type { HandlerDefinition } from '../handler.definition.js';
import { EnhancerNotCreatedError } from '../handler.errors.js';

/**
 * Refuses a handler with an enhancer class that Nest has not created. Nest creates none for
 * `useValue` and `useFactory` providers, and then skips the enhancer without an error. With a
 * skipped guard, every notification would get through.
 *
 * @throws {EnhancerNotCreatedError}
 */
export function refuseEnhancersNotCreated(handler: HandlerDefinition): void {
  const { injectables } = handler.wrapper.host as Module;
  for (const enhancer of enhancersOf(handler)) {
    if (typeof enhancer === 'function' && !injectables.has(enhancer) && !isOneItself(enhancer)) {
      throw new EnhancerNotCreatedError(handler.name, enhancer.name);
    }
  }
}

function enhancersOf({ prototype, methodName }: HandlerDefinition): readonly unknown[] {
  const method = (prototype as Record<string, object>)[methodName]!;
  const parameters = Object.values(
    (Reflect.getMetadata(PARAMETERS_METADATA, prototype.constructor, methodName) ?? {}) as Record<
      string,
      { readonly pipes?: readonly unknown[] }
    >,
  );
  return [
    ...ENHANCERS_METADATA.flatMap((key) => [
      ...listIn(key, prototype.constructor),
      ...listIn(key, method),
    ]),
    ...parameters.flatMap(({ pipes = [] }) => pipes),
  ];
}

function listIn(key: string, target: object): readonly unknown[] {
  return (Reflect.getMetadata(key, target) ?? []) as readonly unknown[];
}

/** If a class has these methods as static ones, Nest uses the class itself as the enhancer. */
function isOneItself(enhancer: object): boolean {
  return ['canActivate', 'transform', 'intercept', 'catch'].some(
    (method) => typeof (enhancer as Record<string, unknown>)[method] === 'function',
  );
}
