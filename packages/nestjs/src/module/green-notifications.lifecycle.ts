import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';

import { SafeLogger } from '../common/safe.logger.js';
import { readThrown } from '../common/thrown.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import { DeadLetterDestination } from './dead-letter-destination.js';
import { GreenNotifications } from './green-notifications.service.js';
import { HandlerPreparation } from './handler-preparation.js';
import { AlreadyStartedError, NoHandlersError } from './module.errors.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';
import { weaknessesOf } from './weak-options.js';

/**
 * Starts and stops receiving together with the application. Receiving stops in `onModuleDestroy`,
 * the first shutdown hook, while the other providers still work. The connections to GREEN-API and
 * the dead letter store are closed later, in `onApplicationShutdown`.
 */
@Injectable()
export class GreenNotificationsLifecycle
  implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown
{
  private readonly logger = new SafeLogger('GreenNotifications');

  constructor(
    private readonly greenNotifications: GreenNotifications,
    private readonly preparation: HandlerPreparation,
    private readonly deadLetters: DeadLetterDestination,
    private readonly instances: InstanceRegistry,
    private readonly options: GreenNotificationsOptions,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const weakness of weaknessesOf(this.options)) this.logger.warn(weakness);
    this.preparation.prepare();
    if (this.options.autoStart) await this.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.loggingErrors(() => this.greenNotifications.close());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loggingErrors(() => this.instances.close());
    await this.loggingErrors(() => this.deadLetters.close());
    await this.loggingErrors(async () => this.greenNotifications.inbox?.close());
  }

  /** Without handlers, only an error is logged: the rest of the application still starts. */
  private async start(): Promise<void> {
    try {
      await this.greenNotifications.start();
    } catch (error) {
      // The application has called start() in a hook of its own.
      if (error instanceof AlreadyStartedError) return;
      if (error instanceof NoHandlersError) {
        this.logger.error(error.message);
        return;
      }
      // Nest calls no shutdown hook for an application that never started.
      await this.loggingErrors(() => this.deadLetters.close());
      await this.loggingErrors(async () => this.greenNotifications.inbox?.close());
      throw error;
    }
  }

  /**
   * Logs an error instead of throwing it. A thrown error would stop Nest from closing the other
   * modules.
   */
  private async loggingErrors(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.error(`Stopping failed: ${readThrown(error).message}`);
    }
  }
}
