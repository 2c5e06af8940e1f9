import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';

import { SteadyLogger } from '../common/steady.logger.js';
import { HandlerRegistry } from '../handler/handler.registry.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import { GreenNotifications } from './green-notifications.service.js';

/**
 * Ties receiving to the life of the application. It stops in `onModuleDestroy`, while what the
 * handlers use is still there; the connections stay open until everything else is destroyed.
 */
@Injectable()
export class GreenNotificationsLifecycle
  implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown
{
  private readonly logger = new SteadyLogger('GreenNotifications');

  constructor(
    private readonly greenNotifications: GreenNotifications,
    private readonly handlers: HandlerRegistry,
    private readonly instances: InstanceRegistry,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.handlers.map();
    await this.greenNotifications.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.quietly(() => this.greenNotifications.stop());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.quietly(() => this.instances.close());
  }

  /** An error here would keep the other modules from being destroyed. */
  private async quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.error(`Stopping failed: ${String(error)}`);
    }
  }
}
