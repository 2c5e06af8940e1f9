import { GreenApiError, type GreenApiFailure } from './green-api.error.js';

/** `deleteNotification` was answered, and yet `receiveNotification` hands the same notification out again. */
export class UndeletedHeadError extends GreenApiError {
  readonly code = 'UNDELETED_HEAD';
  readonly recovery = 'backoff';

  constructor(failure: GreenApiFailure) {
    super('what was deleted is handed out again and again; it is not handled again', failure);
  }
}
