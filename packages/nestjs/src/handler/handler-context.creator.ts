import { Injectable } from '@nestjs/common';
import { ApplicationConfig, ExternalContextCreator, ModulesContainer } from '@nestjs/core';
import { ExternalExceptionFilterContext } from '@nestjs/core/exceptions/external-exception-filter-context.js';
import { GuardsConsumer, GuardsContextCreator } from '@nestjs/core/guards/index.js';
import type { NestContainer } from '@nestjs/core/injector/container.js';
import {
  InterceptorsConsumer,
  InterceptorsContextCreator,
} from '@nestjs/core/interceptors/index.js';
import { PipesConsumer, PipesContextCreator } from '@nestjs/core/pipes/index.js';

import { GlobalEnhancers } from './enhancers/global.enhancers.js';
import { refuseScopedGlobals } from './enhancers/scoped-globals.check.js';
import type { HandlerDefinition } from './handler.definition.js';

/**
 * Makes the parts of Nest that run a method with its enhancers. They are our own, and not the ones
 * that Nest provides, so that global enhancers can be left out here without touching HTTP routes.
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
    // All that they ask of a container; the real one cannot be injected.
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
   * One for each handler: Nest 11 remembers parameters by the name of the class, and two classes of
   * one name must not get each other's.
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
}
