import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';

import { refuseEnhancersNotCreated } from './enhancers/enhancers-not-created.check.js';
import { ON_NOTIFICATION_METADATA } from './handler.constants.js';
import type { HandlerDefinition } from './handler.definition.js';
import { HandlerOnControllerError } from './handler.errors.js';
import type { Subscription } from './subscription.js';
import { uniqueNames } from './unique-names.js';

/** Finds the methods decorated with `@OnNotification` among the providers of the application. */
@Injectable()
export class HandlerExplorer {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /**
   * @throws {HandlerOnControllerError}
   * @throws {EnhancerNotCreatedError}
   */
  explore(): readonly HandlerDefinition[] {
    for (const wrapper of this.discovery.getControllers()) {
      const [handler] = this.handlersOf(wrapper);
      if (handler) throw new HandlerOnControllerError(handler.name);
    }
    const handlers = this.providers().flatMap((wrapper) => this.handlersOf(wrapper));
    const names = uniqueNames(handlers.map(({ name }) => name));
    for (const handler of handlers) refuseEnhancersNotCreated(handler);
    return handlers.map((handler, index) => ({ ...handler, name: names[index]! }));
  }

  /**
   * One for each instance. A factory or a value may give an instance that is a provider already,
   * which makes no second handler: the one that Nest created from its class is taken.
   */
  private providers(): readonly InstanceWrapper[] {
    const seen = new Set<unknown>();
    return this.discovery
      .getProviders()
      .filter(({ isAlias }) => !isAlias)
      .toSorted((a, b) => Number(a.isNotMetatype) - Number(b.isNotMetatype))
      .filter(({ instance }) => {
        const isFirst = !instance || !seen.has(instance);
        seen.add(instance);
        return isFirst;
      });
  }

  private handlersOf(wrapper: InstanceWrapper): HandlerDefinition[] {
    const prototype = prototypeOf(wrapper);
    if (prototype === undefined) return [];
    return this.scanner.getAllMethodNames(prototype).flatMap((methodName) => {
      const method: unknown = (prototype as Record<string, unknown>)[methodName];
      if (typeof method !== 'function') return [];
      const subscriptions = Reflect.getMetadata(ON_NOTIFICATION_METADATA, method) as
        readonly Subscription[] | undefined;
      if (!subscriptions) return [];
      const name = `${prototype.constructor.name}.${methodName}`;
      return { wrapper, prototype, methodName, name, subscriptions };
    });
  }
}

/** A request-scoped factory has made nothing yet, but is mostly provided under its class. */
function prototypeOf(wrapper: InstanceWrapper): object | undefined {
  const { instance, token } = wrapper;
  const isStillToCome = typeof token === 'function' && !wrapper.isDependencyTreeStatic();
  const prototype: unknown =
    typeof instance === 'object' && instance !== null
      ? Object.getPrototypeOf(instance)
      : isStillToCome && token.prototype;
  return typeof prototype === 'object' && prototype !== null ? prototype : undefined;
}
