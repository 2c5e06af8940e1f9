import { Injectable } from '@nestjs/common';

import { DeadLetterListeners } from '../handler/dead-letter.listeners.js';
import { HandlerRegistry } from '../handler/handler.registry.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import { DeadLetterDestination } from './dead-letter-destination.js';
import { InjectedClients } from './injected.clients.js';
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
    private readonly clients: InjectedClients,
    private readonly options: GreenNotificationsOptions,
  ) {}

  /**
   * @throws {UnknownInstanceError}
   * @throws {InstanceNotFoundError}
   * @throws {HandlerOnControllerError}
   * @throws {EnhancerNotCreatedError}
   * @throws {DeadLetterListenerRefusedError}
   */
  prepare(): void {
    if (this.isDone) return;
    const { instances, instanceSource } = this.options;
    const allowsUnknownInstances = instances.length === 0 || instanceSource !== undefined;
    const instanceNames = this.instances.all().map(({ name }) => name);
    this.handlers.map({ instanceNames, allowsUnknownInstances });
    this.clients.check(allowsUnknownInstances);
    this.deadLetterListeners.map({ hasStore: this.deadLetters.hasStore });
    this.isDone = true;
  }
}
