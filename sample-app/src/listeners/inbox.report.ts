import { GreenNotifications } from '@green-notifications/nestjs';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { ConfigService } from '@nestjs/config';

import type { Environment } from '../config/environment.js';

const EVERY_MS = 2000;

/** Tells who drains an inbox when a worker has handled everything, and is not needed any more. */
@Injectable()
export class InboxReport implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(InboxReport.name);
  private readonly isWorker: boolean;
  private timer: NodeJS.Timeout | undefined;
  private wasEmpty = false;

  constructor(
    private readonly greenNotifications: GreenNotifications,
    config: ConfigService<Environment, true>,
  ) {
    this.isWorker = config.get('GREEN_API_INBOX_ROLE', { infer: true }) === 'worker';
  }

  onApplicationBootstrap(): void {
    if (this.isWorker) this.timer = setInterval(() => void this.report(), EVERY_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async report(): Promise<void> {
    const isEmpty = await this.isEmpty().catch(() => false);
    if (isEmpty && !this.wasEmpty) this.logger.log('The inbox is empty');
    this.wasEmpty = isEmpty;
  }

  private async isEmpty(): Promise<boolean> {
    const { inbox, status } = this.greenNotifications;
    if (!inbox || !status.inbox) return true;
    const { waiting, running, unknownInstances } = status.inbox;
    // What failed and waits for its next attempt may not be counted yet, but it blocks its lane.
    const blocked = await inbox.blockedLanes();
    return [waiting, running, unknownInstances.length, blocked.length].every(
      (count) => count === 0,
    );
  }
}
