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

/**
 * Ties receiving to the life of the application. It stops in `onModuleDestroy`, while what the
 * handlers use is still there; the connections stay open until everything else is destroyed.
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
    this.preparation.prepare();
    if (this.options.autoStart) await this.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.quietly(() => this.greenNotifications.close());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.quietly(() => this.instances.close());
    await this.quietly(() => this.deadLetters.close());
  }

  /** Without a handler the rest of the application runs all the same. */
  private async start(): Promise<void> {
    try {
      await this.greenNotifications.start();
    } catch (error) {
      // In a hook of its own the application was faster.
      if (error instanceof AlreadyStartedError) return;
      if (error instanceof NoHandlersError) {
        this.logger.error(error.message);
        return;
      }
      // Nest calls no shutdown hook for an application that never started.
      await this.quietly(() => this.deadLetters.close());
      throw error;
    }
  }

  /** An error here would keep the other modules from being destroyed. */
  private async quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.error(`Stopping failed: ${readThrown(error).message}`);
    }
  }
}
