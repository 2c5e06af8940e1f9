import { Injectable } from '@nestjs/common';

import { SteadyLogger } from '../common/steady.logger.js';
import type { Delivery } from '../delivery/delivery.js';
import { HandlerSource } from '../delivery/handler.source.js';
import type { NotificationHandler } from '../delivery/notification.handler.js';
import { HandlerExplorer } from './handler.explorer.js';
import { HandlerInvoker } from './handler.invoker.js';
import { HANDLER_MAPPED, NO_HANDLERS } from './handler.messages.js';
import { MappedHandler } from './mapped.handler.js';

/** The handlers of the application. */
@Injectable()
export class HandlerRegistry extends HandlerSource {
  private readonly logger = new SteadyLogger('GreenNotifications');
  private handlers: readonly MappedHandler[] = [];

  constructor(
    private readonly explorer: HandlerExplorer,
    private readonly invoker: HandlerInvoker,
  ) {
    super();
  }

  /** Finds the handlers and says so; called once, when all providers are there. */
  map(): void {
    this.handlers = this.explorer.explore().map((definition) => {
      this.logger.log(HANDLER_MAPPED(definition));
      return new MappedHandler(definition, this.invoker.invokerOf(definition));
    });
    if (this.handlers.length === 0) this.logger.warn(NO_HANDLERS);
  }

  handlersFor(delivery: Delivery): readonly NotificationHandler[] {
    return this.handlers.filter((handler) => handler.isFor(delivery));
  }
}
