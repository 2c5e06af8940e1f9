import { GreenNotificationsError } from '../common/green-notifications.error.js';

/** Thrown by a handler that will never succeed with this notification: its attempts are used up at once. */
export class Reject extends GreenNotificationsError {
  readonly code = 'REJECT';
}
