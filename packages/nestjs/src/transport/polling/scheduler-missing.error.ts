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
