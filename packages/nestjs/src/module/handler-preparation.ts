import { Injectable } from '@nestjs/common';

import { DeadLetterListeners } from '../handler/dead-letter.listeners.js';
import { HandlerRegistry } from '../handler/handler.registry.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import { DeadLetterDestination } from './dead-letter-destination.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';

/**
 * Finds the handlers, once: when the application has started, or earlier if the application calls
 * `start()` in a hook of its own. The handlers must be known before receiving starts: a
 * notification that matches no handler is acknowledged by default, without being handled.
 */
@Injectable()
export class HandlerPreparation {
  private isDone = false;

  constructor(
    private readonly handlers: HandlerRegistry,
    private readonly deadLetterListeners: DeadLetterListeners,
    private readonly deadLetters: DeadLetterDestination,
    private readonly instances: InstanceRegistry,
    private readonly options: GreenNotificationsOptions,
  ) {}

  /**
   * @throws {UnknownInstanceError}
   * @throws {HandlerOnControllerError}
   * @throws {EnhancerNotCreatedError}
   * @throws {DeadLetterListenerRefusedError}
   */
  prepare(): void {
    if (this.isDone) return;
    const { instances, instanceSource } = this.options;
    this.handlers.map({
      instanceNames: this.instances.all().map(({ name }) => name),
      allowsUnknownInstances: instances.length === 0 || instanceSource !== undefined,
    });
    this.deadLetterListeners.map({ hasStore: this.deadLetters.hasStore });
    this.isDone = true;
  }
}
