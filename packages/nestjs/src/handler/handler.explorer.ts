import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';

import { HandlerOnControllerError } from './handler-on-controller.error.js';
import { ON_NOTIFICATION_METADATA } from './handler.constants.js';
import type { HandlerDefinition } from './handler.definition.js';
import type { Subscription } from './subscription.js';

/** Finds the methods decorated with `@OnNotification` among the providers of the application. */
@Injectable()
export class HandlerExplorer {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws {HandlerOnControllerError} */
  explore(): readonly HandlerDefinition[] {
    for (const wrapper of this.discovery.getControllers()) {
      const [handler] = this.handlersOf(wrapper);
      if (handler) throw new HandlerOnControllerError(handler.name);
    }
    const seen = new Set<object>();
    return this.discovery.getProviders().flatMap((wrapper) => {
      // A factory may return an instance that is a provider already, which makes no second handler.
      const instance = wrapper.instance as object | undefined;
      if (wrapper.isAlias || !instance || seen.has(instance)) return [];
      seen.add(instance);
      return this.handlersOf(wrapper);
    });
  }

  private handlersOf(wrapper: InstanceWrapper): HandlerDefinition[] {
    const prototype: unknown = wrapper.instance && Object.getPrototypeOf(wrapper.instance);
    if (typeof prototype !== 'object' || prototype === null) return [];
    return this.scanner.getAllMethodNames(prototype).flatMap((methodName) => {
      const method: unknown = (prototype as Record<string, unknown>)[methodName];
      if (typeof method !== 'function') return [];
      const subscriptions = Reflect.getMetadata(ON_NOTIFICATION_METADATA, method) as
        readonly Subscription[] | undefined;
      if (!subscriptions) return [];
      return {
        wrapper,
        methodName,
        name: `${prototype.constructor.name}.${methodName}`,
        subscriptions,
      };
    });
  }
}
