import type { ApplicationConfig } from '@nestjs/core';
import type { Module } from '@nestjs/core/injector/module.js';

import type { HandlerDefinition } from '../handler.definition.js';
import { EnhancerNotCreatedError } from '../handler.errors.js';
import type { EnhancerKind } from './watched.enhancers.js';

/**
 * Refuses a handler that a request-scoped or transient global enhancer cannot run for. Nest creates
 * such enhancers only for providers that are classes or have a class token. For others it would
 * call an object whose constructor never ran.
 *
 * @throws {EnhancerNotCreatedError}
 */
export function refuseScopedGlobals(
  { wrapper, name }: HandlerDefinition,
  config: ApplicationConfig,
  enabled: ReadonlySet<EnhancerKind>,
): void {
  const [scoped] = [
    ...(enabled.has('guards') ? config.getGlobalRequestGuards() : []),
    ...(enabled.has('pipes') ? config.getGlobalRequestPipes() : []),
    ...(enabled.has('interceptors') ? config.getGlobalRequestInterceptors() : []),
    ...(enabled.has('filters') ? config.getGlobalRequestFilters() : []),
  ];
  if (!scoped) return;
  const isValue = !wrapper.metatype;
  const getsOwnEnhancers = (wrapper.host as Module).entryProviders.includes(wrapper);
  if (!getsOwnEnhancers || (isValue && !wrapper.isDependencyTreeStatic())) {
    throw new EnhancerNotCreatedError(name, String(scoped.metatype?.name || scoped.name));
  }
}
