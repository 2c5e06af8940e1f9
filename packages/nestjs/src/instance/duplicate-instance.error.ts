import { GreenNotificationsError } from '../common/green-notifications.error.js';
import type { Instance } from './instance.js';

/** The same instance, or the same instance name, was given twice. */
export class DuplicateInstanceError extends GreenNotificationsError {
  readonly code = 'DUPLICATE_INSTANCE';

  constructor(taken: Instance) {
    super(
      `Instance ${taken.idInstance} (name "${taken.name}") is there already; ` +
        'give each instance once, under a name of its own',
    );
  }
}
