import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';

import { SteadyLogger } from '../common/steady.logger.js';
import { readThrown } from '../common/thrown.js';
import { DeadLetterOffice } from '../delivery/dead-letter/dead-letter.office.js';
import { DeadLetterStoreUnusableError } from '../delivery/dead-letter/dead-letter-store-unusable.error.js';
import { DeadLetterListeners } from '../handler/dead-letter.listeners.js';
import { HandlerExplorer } from '../handler/handler.explorer.js';
import { HandlerRegistry } from '../handler/handler.registry.js';
import { checkSubscriptions } from '../handler/subscriptions.check.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import { SettingsWatch } from '../settings/settings.watch.js';
import { GreenNotifications } from './green-notifications.service.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';

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
    private readonly options: GreenNotificationsOptions,
    private readonly explorer: HandlerExplorer,
    private readonly handlers: HandlerRegistry,
    private readonly deadLetterListeners: DeadLetterListeners,
    private readonly deadLetters: DeadLetterOffice,
    private readonly instances: InstanceRegistry,
    private readonly settings: SettingsWatch,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    checkSubscriptions(this.explorer.explore(), {
      instanceNames: this.instances.all().map(({ name }) => name),
      instancesMayCome: this.options.instances.length === 0,
    });
    this.handlers.map();
    this.deadLetterListeners.map({ hasStore: this.deadLetters.store !== undefined });
    // A store that cannot be used is to be known now, and not when it is needed.
    await this.deadLetters.store?.list().catch((error: unknown) => {
      throw new DeadLetterStoreUnusableError(error);
    });
    await this.greenNotifications.start();
    this.settings.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.quietly(() => this.settings.stop());
    await this.quietly(() => this.greenNotifications.stop());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.quietly(() => this.instances.close());
    await this.quietly(async () => this.deadLetters.store?.close?.());
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
