import { GreenNotificationsError } from '../../common/green-notifications.error.js';

/** The application that a test bed was asked to drive is not prepared for it. */
export class NotATestApplicationError extends GreenNotificationsError {
  readonly code = 'NOT_A_TEST_APPLICATION';

  constructor(problem: string) {
    super(`NotificationTestBed cannot drive this application: ${problem}`);
  }
}
