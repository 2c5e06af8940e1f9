import type { ModuleRef } from '@nestjs/core';
import type { SchedulerRegistry } from '@nestjs/schedule';

import { GreenNotificationsError } from '../../common/green-notifications.error.js';

/** `polling.cron` is set, but the application has no scheduler to run it. */
export class SchedulerMissingError extends GreenNotificationsError {
  readonly code = 'SCHEDULER_MISSING';

  constructor(cause: unknown) {
    super(
      'polling.cron needs the scheduler of @nestjs/schedule; install it and add ' +
        'ScheduleModule.forRoot() to the "imports" of the root module',
      { cause },
    );
  }
}

const PREFIX = 'green-notifications:';

/**
 * Adds the cron jobs that drain the queues to the application's own `SchedulerRegistry`. The
 * application can list and stop them like any other job.
 */
export class PollingSchedule {
  private registry: SchedulerRegistry | undefined;

  readonly #moduleRef: ModuleRef;

  constructor(moduleRef: ModuleRef) {
    this.#moduleRef = moduleRef;
  }

  /** @throws {SchedulerMissingError} if the application has no `ScheduleModule` */
  async add(name: string, cron: string, job: () => void): Promise<void> {
    const registry = await this.registryOfApplication();
    const { CronJob } = await import('cron');
    const jobName = PREFIX + name;
    registry.addCronJob(jobName, CronJob.from({ cronTime: cron, onTick: job, start: true }));
  }

  /** @throws {SchedulerMissingError} if the application has no `ScheduleModule` */
  async require(): Promise<void> {
    await this.registryOfApplication();
  }

  remove(name: string): void {
    const jobName = PREFIX + name;
    if (this.registry?.doesExist('cron', jobName)) this.registry.deleteCronJob(jobName);
  }

  // Private, so that the published types do not need @nestjs/schedule, which may not be installed.
  private async registryOfApplication(): Promise<SchedulerRegistry> {
    return (this.registry ??= await this.findRegistry());
  }

  private async findRegistry(): Promise<SchedulerRegistry> {
    try {
      const schedule = await import('@nestjs/schedule');
      return this.#moduleRef.get(schedule.SchedulerRegistry, { strict: false });
    } catch (error) {
      throw new SchedulerMissingError(error);
    }
  }
}
