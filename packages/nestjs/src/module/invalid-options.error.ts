import { GreenNotificationsError } from '../common/green-notifications.error.js';

/** The options of `GreenNotificationsModule` are wrong; `problems` names each. */
export class InvalidOptionsError extends GreenNotificationsError {
  readonly code = 'INVALID_OPTIONS';

  constructor(readonly problems: readonly string[]) {
    super(
      `The options of GreenNotificationsModule are not valid:\n${problems
        .map((problem) => `  - ${problem}`)
        .join('\n')}`,
    );
  }
}
