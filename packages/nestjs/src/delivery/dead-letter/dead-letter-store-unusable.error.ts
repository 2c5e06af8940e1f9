import { GreenNotificationsError } from '../../common/green-notifications.error.js';
import { readThrown } from '../../common/thrown.js';

/** The dead letter store fails at the start already. */
export class DeadLetterStoreUnusableError extends GreenNotificationsError {
  readonly code = 'DEAD_LETTER_STORE_UNUSABLE';

  constructor(cause: unknown) {
    super(
      `The dead letter store cannot be used: ${readThrown(cause).message}; check deadLetters in ` +
        'the options of GreenNotificationsModule',
      { cause },
    );
  }
}
