import { GreenNotificationsError } from '../../common/green-notifications.error.js';

/** A dead letter could not be given to its handler again. */
export class RedriveError extends GreenNotificationsError {
  readonly code = 'REDRIVE';

  constructor(letterId: string, reason: string) {
    super(`Dead letter ${letterId} was not redriven: ${reason}`);
  }
}
