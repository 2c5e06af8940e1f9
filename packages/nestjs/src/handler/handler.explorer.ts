import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';

import { DecoratedMethods } from './decorated-methods.js';
import { refuseEnhancersNotCreated } from './enhancers/enhancers-not-created.check.js';
import { ON_NOTIFICATION_METADATA } from './handler.constants.js';
import type { HandlerDefinition, Subscription } from './handler.definition.js';
import { HandlerOnControllerError } from './handler.errors.js';

/** Numbers names that appear more than once: `Inbox.onText`, `Inbox.onText (2)`. */
function uniqueNames(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** Finds the methods decorated with `@OnNotification` among the providers of the application. */
@Injectable()
export class HandlerExplorer {
  private readonly methods: DecoratedMethods<readonly Subscription[]>;

  constructor(discovery: DiscoveryService, scanner: MetadataScanner) {
    this.methods = new DecoratedMethods(ON_NOTIFICATION_METADATA, discovery, scanner);
  }

  /**
   * @throws {HandlerOnControllerError}
   * @throws {EnhancerNotCreatedError}
   */
  explore(): readonly HandlerDefinition[] {
    const [misplaced] = this.methods.onControllers();
    if (misplaced) throw new HandlerOnControllerError(misplaced.name);
    const methods = this.methods.onProviders();
    const names = uniqueNames(methods.map(({ name }) => name));
    const handlers = methods.map(({ metadata, ...method }, index) => ({
      ...method,
      name: names[index]!,
      subscriptions: metadata,
    }));
    for (const handler of handlers) refuseEnhancersNotCreated(handler);
    return handlers;
  }
}
