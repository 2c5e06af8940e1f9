import { GreenNotificationsError } from '@green-notifications/nestjs';

/** An option of the inbox is wrong. */
export class InvalidInboxOptionError extends GreenNotificationsError {
  readonly code = 'INVALID_INBOX_OPTION';
}

/** The inbox needs a newer Node. */
export class NodeTooOldError extends GreenNotificationsError {
  readonly code = 'NODE_TOO_OLD';

  constructor(version: string) {
    super(
      `@green-notifications/inbox needs Node 22.12 or newer, because pg-boss does; this is ${version}`,
    );
  }
}

/** The store of the inbox cannot be used. */
export class InboxUnusableError extends GreenNotificationsError {
  readonly code = 'INBOX_UNUSABLE';

  constructor(what: string, error: unknown) {
    super(`${what}: ${messageOf(error)}`, { cause: error });
  }
}

/** Another process has taken the notification over, so the result of this one does not count. */
export class ClaimLostError extends GreenNotificationsError {
  readonly code = 'CLAIM_LOST';

  constructor() {
    super(
      'another process has taken the notification over, because this one did not renew its lease; ' +
        'look for work that blocks the event loop, a database that was away, or a pool with too few ' +
        'connections',
    );
  }
}

/** The database did not say whether a transaction was committed. */
export class OutcomeUnknownError extends GreenNotificationsError {
  readonly code = 'OUTCOME_UNKNOWN';

  constructor(cause: unknown) {
    super('the database did not answer whether the transaction was committed', { cause });
  }
}

/** The database did not answer a statement in time. */
export class NoAnswerError extends GreenNotificationsError {
  readonly code = 'NO_ANSWER';

  constructor(limitMs: number) {
    super(
      `the database of the inbox did not answer for ${limitMs / 1000} seconds; check the network to it ` +
        'and its load',
    );
  }
}

export function messageOf(error: unknown): string {
  // That of a host with several addresses, none of which could be reached, is empty.
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(messageOf).join(', ');
  }
  return error instanceof Error ? error.message : String(error);
}
