import { Injectable } from '@nestjs/common';
import {
  ApplicationConfig,
  type ContextId,
  ExternalContextCreator,
  ModulesContainer,
} from '@nestjs/core';
import { ExternalExceptionFilterContext } from '@nestjs/core/exceptions/external-exception-filter-context.js';
import { GuardsConsumer, GuardsContextCreator } from '@nestjs/core/guards/index.js';
import type { NestContainer } from '@nestjs/core/injector/container.js';
import {
  InterceptorsConsumer,
  InterceptorsContextCreator,
} from '@nestjs/core/interceptors/index.js';
import { PipesConsumer, PipesContextCreator } from '@nestjs/core/pipes/index.js';

import { GlobalEnhancers } from '../enhancers/global.enhancers.js';
import { refuseScopedGlobals } from '../enhancers/scoped-globals.check.js';
import type { HandlerDefinition } from '../handler.definition.js';

/**
 * Creates the objects of Nest that run a method with its enhancers: guards, pipes, interceptors and
 * filters.
 *
 * Nest calls them context creators. There is one for each kind of enhancer, and Nest's
 * `ExternalContextCreator` combines them. The application already has such objects, but this class
 * creates new ones, for two reasons. The option `globalEnhancers` removes global enhancers from
 * them, and that must not change the HTTP routes of the application. And each handler gets its own
 * `ExternalContextCreator`, see `createFor`.
 */
@Injectable()
export class HandlerContextCreator {
  readonly filters: ExternalExceptionFilterContext;
  private readonly guards: GuardsContextCreator;
  private readonly interceptors: InterceptorsContextCreator;
  private readonly pipes: PipesContextCreator;

  constructor(
    private readonly modules: ModulesContainer,
    private readonly config: ApplicationConfig,
    private readonly globals: GlobalEnhancers,
  ) {
    // These creators only call getModules(). The real container cannot be injected.
    const container = { getModules: () => modules } as unknown as NestContainer;
    this.guards = new GuardsContextCreator(container, config);
    this.interceptors = new InterceptorsContextCreator(container, config);
    this.pipes = new PipesContextCreator(container, config);
    this.filters = new ExternalExceptionFilterContext(container, config);
    globals.govern('guards', this.guards);
    globals.govern('interceptors', this.interceptors);
    globals.govern('pipes', this.pipes);
    globals.govern('filters', this.filters);
  }

  /**
   * Creates one `ExternalContextCreator` for each handler. Nest 11 caches parameters by class name.
   * If handlers shared one, two classes with the same name would mix up their parameters.
   *
   * @throws {EnhancerNotCreatedError}
   */
  createFor(handler: HandlerDefinition): ExternalContextCreator {
    refuseScopedGlobals(handler, this.config, this.globals.enabled);
    return new ExternalContextCreator(
      this.guards,
      new GuardsConsumer(),
      this.interceptors,
      new InterceptorsConsumer(),
      this.modules,
      this.pipes,
      new PipesConsumer(),
      this.filters,
    );
  }

  /** Whether a guard, an interceptor or a pipe runs around a whole method. */
  hasEnhancers(
    instance: object,
    method: (...args: unknown[]) => unknown,
    moduleKey: string,
    contextId: ContextId | undefined,
    inquirerId: string,
  ): boolean {
    return [this.guards, this.interceptors, this.pipes].some(
      (creator) => creator.create(instance, method, moduleKey, contextId, inquirerId).length > 0,
    );
  }
}
