import { Injectable } from '@nestjs/common';
import { type ContextId, type ExternalContextCreator, ModuleRef } from '@nestjs/core';
import type { Module } from '@nestjs/core/injector/module.js';

import { FilterStage } from '../enhancers/filter-stage.js';
import { directCall, type Invoke, type Method } from './direct-call.js';
import { HandlerContextCreator } from './handler-context.creator.js';
import { NOTIFICATION_CONTEXT_TYPE, PARAMETERS_METADATA } from '../handler.constants.js';
import type { HandlerDefinition } from '../handler.definition.js';
import { NotificationExecutionContext } from './notification-execution.context.js';
import { NotificationParamsFactory } from '../parameters/notification-params.factory.js';
import { runContextId } from './run-context-id.js';

/**
 * Turns a decorated method into a function that runs it as Nest runs a route: with its guards,
 * interceptors, pipes and exception filters.
 *
 * A singleton provider is bound once, when the handlers are mapped. A request-scoped or transient
 * provider is created for each run, with the `NotificationContext` as its request. Nest runs
 * guards, interceptors and pipes; where there are none, the method is called directly. The filters
 * are run by `FilterStage`, because Nest would count every error that reaches an async filter as
 * handled.
 */
@Injectable()
export class HandlerInvoker {
  private readonly paramsFactory = new NotificationParamsFactory();

  constructor(private readonly contexts: HandlerContextCreator) {}

  /**
   * Returns the function that runs the handler.
   *
   * @throws {EnhancerNotCreatedError}
   */
  invokerOf(definition: HandlerDefinition): Invoke {
    const { wrapper } = definition;
    const creator = this.contexts.createFor(definition);
    // A useValue provider always has one instance, even if Nest treats it as request-scoped because
    // of an enhancer.
    const isValue = !wrapper.metatype;
    if (isValue || (wrapper.isDependencyTreeStatic() && !wrapper.isTransient)) {
      return this.bind(definition, creator, wrapper.instance as object);
    }
    const { providers } = wrapper.host as Module;
    const moduleRef = providers.get(ModuleRef)!.instance as ModuleRef;
    return async (notification, context) => {
      const contextId = runContextId(context, wrapper, moduleRef);
      const instance = await moduleRef.resolve<object>(wrapper.token, contextId, { strict: true });
      return this.bind(definition, creator, instance, contextId)(notification, context);
    };
  }

  private bind(
    definition: HandlerDefinition,
    creator: ExternalContextCreator,
    instance: object,
    contextId?: ContextId,
  ): Invoke {
    const { wrapper, methodName, name } = definition;
    const method = (instance as Record<string, Method>)[methodName]!;
    const run =
      this.direct(definition, creator, instance, contextId) ??
      (creator.create(
        instance,
        method,
        methodName,
        PARAMETERS_METADATA,
        this.paramsFactory,
        contextId,
        wrapper.id,
        { guards: true, interceptors: true, filters: false },
        NOTIFICATION_CONTEXT_TYPE,
      ) as Invoke);
    const filters = this.contexts.filters.create(
      instance,
      method as never,
      (wrapper.host as Module).token,
      contextId,
      wrapper.id,
    );
    const filterStage = new FilterStage(name);
    return async (notification, context) => {
      try {
        return await run(notification, context);
      } catch (error) {
        const host = NotificationExecutionContext.of(notification, context, instance, method);
        return filterStage.run(filters, error, host);
      }
    };
  }

  /** Undefined if a guard, an interceptor or a pipe runs. */
  private direct(
    { wrapper, methodName }: HandlerDefinition,
    creator: ExternalContextCreator,
    instance: object,
    contextId?: ContextId,
  ): Invoke | undefined {
    const method = (instance as Record<string, Method>)[methodName]!;
    const { token } = wrapper.host as Module;
    if (this.contexts.hasEnhancers(instance, method, token, contextId, wrapper.id))
      return undefined;
    const parameters = creator
      .getMetadata(
        instance,
        methodName,
        PARAMETERS_METADATA,
        this.paramsFactory,
        NOTIFICATION_CONTEXT_TYPE,
      )
      .getParamsMetadata(token, contextId, wrapper.id);
    const hasPipes = parameters.some(({ pipes }) => pipes.length > 0);
    return hasPipes ? undefined : directCall(instance, method, parameters);
  }
}
