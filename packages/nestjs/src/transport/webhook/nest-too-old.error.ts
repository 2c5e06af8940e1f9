import { GreenNotificationsError } from '../../common/green-notifications.error.js';

/** `transport: 'webhook'` with a Nest that does not say when it gets its HTTP server. */
export class NestTooOldError extends GreenNotificationsError {
  readonly code = 'NEST_TOO_OLD';

  constructor() {
    super(
      "transport: 'webhook' needs Nest 11.1.4 or newer, and this application's @nestjs/core is older " +
        "(HttpAdapterHost has no init$); update @nestjs/common and @nestjs/core, or use transport: 'polling'",
    );
  }
}
