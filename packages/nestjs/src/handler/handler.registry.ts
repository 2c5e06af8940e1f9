import { Injectable } from '@nestjs/common';

import { SafeLogger } from '../common/safe.logger.js';
import { HandlerSource, type NotificationHandler } from '../delivery/notification.handler.js';
import { HandlerExplorer } from './handler.explorer.js';
import { HandlerInvoker } from './invocation/handler.invoker.js';
import { HANDLER_MAPPED } from './handler.messages.js';
import { MappedHandler } from './mapped.handler.js';
import { checkSubscriptions, type KnownInstances } from './subscriptions.check.js';

/** Holds the notification handlers of the application. */
@Injectable()
export class HandlerRegistry extends HandlerSource {
  private readonly logger = new SafeLogger('GreenNotifications');
  private mapped: readonly MappedHandler[] = [];

  constructor(
    private readonly explorer: HandlerExplorer,
    private readonly invoker: HandlerInvoker,
  ) {
    super();
  }

  get handlers(): readonly NotificationHandler[] {
    return this.mapped;
  }

  /**
   * Finds the handlers, checks their decorators, and logs each. Called once, when all providers
   * exist.
   *
   * @throws {UnknownInstanceError}
   */
  map(instances: KnownInstances): void {
    const definitions = this.explorer.explore();
    checkSubscriptions(definitions, instances);
    this.mapped = definitions.map((definition) => {
      this.logger.log(HANDLER_MAPPED(definition));
      return new MappedHandler(definition, this.invoker.invokerOf(definition));
    });
  }
}
