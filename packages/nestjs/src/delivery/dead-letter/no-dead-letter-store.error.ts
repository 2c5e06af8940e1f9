import { GreenNotificationsError } from '../../common/green-notifications.error.js';

/** Dead letters were asked for, but the module has no place to keep any. */
export class NoDeadLetterStoreError extends GreenNotificationsError {
  readonly code = 'NO_DEAD_LETTER_STORE';

  constructor() {
    super('There are no dead letters without a store; give the module deadLetters: { file }');
  }
}
