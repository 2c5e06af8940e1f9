import { Injectable } from '@nestjs/common';
import { type ContextId, ContextIdFactory, ExternalContextCreator, ModuleRef } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { Module } from '@nestjs/core/injector/module.js';

import type { Notification } from '../notification/notification.js';
import { NOTIFICATION_CONTEXT_TYPE, PARAMETERS_METADATA } from './handler.constants.js';
import type { HandlerDefinition } from './handler.definition.js';
import type { NotificationContext } from './notification.context.js';
import { NotificationParamsFactory } from './notification-params.factory.js';

type Invoke = (notification: Notification, context: NotificationContext) => Promise<unknown>;

/**
 * Turns a decorated method into a function that runs it as Nest runs a route: with guards,
 * interceptors, pipes and filters, and in the scope of its provider.
 */
@Injectable()
export class HandlerInvoker {
  private readonly paramsFactory = new NotificationParamsFactory();

  constructor(private readonly contextCreator: ExternalContextCreator) {}

  invokerOf({ wrapper, methodName }: HandlerDefinition): Invoke {
    if (wrapper.isDependencyTreeStatic() && !wrapper.isTransient) {
      return this.bind(wrapper.instance as object, methodName);
    }
    return async (notification, context) => {
      const moduleRef = moduleRefOf(wrapper);
      const contextId = contextIdFor(context, wrapper, moduleRef);
      const instance = await moduleRef.resolve<object>(wrapper.token, contextId, { strict: true });
      return this.bind(instance, methodName, contextId, wrapper.id)(notification, context);
    };
  }

  private bind(
    instance: object,
    methodName: string,
    contextId?: ContextId,
    inquirerId?: string,
  ): Invoke {
    return this.contextCreator.create(
      instance,
      (instance as Record<string, (...args: unknown[]) => unknown>)[methodName]!,
      methodName,
      PARAMETERS_METADATA,
      this.paramsFactory,
      contextId,
      inquirerId,
      undefined,
      NOTIFICATION_CONTEXT_TYPE,
    );
  }
}

function moduleRefOf(wrapper: InstanceWrapper): ModuleRef {
  const host = wrapper.host as Module;
  return host.providers.get(ModuleRef)!.instance as ModuleRef;
}

/** As Nest's router does: a durable provider is shared by what its strategy says belongs together. */
function contextIdFor(
  context: NotificationContext,
  wrapper: InstanceWrapper,
  moduleRef: ModuleRef,
): ContextId {
  const contextId = ContextIdFactory.getByRequest(context);
  moduleRef.registerRequestByContextId(
    wrapper.isDependencyTreeDurable() ? (contextId.payload ?? context) : context,
    contextId,
  );
  return contextId;
}
