import type { ApplicationConfig } from '@nestjs/core';
import type { Module } from '@nestjs/core/injector/module.js';

import type { HandlerDefinition } from '../handler.definition.js';
import { EnhancerNotCreatedError } from '../handler.errors.js';
import type { EnhancerKind } from './watched.enhancers.js';

/**
 * Request-scoped and transient global enhancers are made anew for each class, and for what stands
 * under a class. For other values and factories Nest would run one whose constructor never ran.
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
  const gets = (wrapper.host as Module).entryProviders.includes(wrapper);
  if (!gets || (isValue && !wrapper.isDependencyTreeStatic())) {
    throw new EnhancerNotCreatedError(name, String(scoped.metatype?.name || scoped.name));
  }
}
