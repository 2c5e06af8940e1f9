import { Expose, plainToInstance } from 'class-transformer';
import { IsIn, IsInt, Matches, Max, Min, validateSync } from 'class-validator';

import { InvalidInboxOptionError } from './inbox.errors.js';

const HOUR_MS = 60 * 60 * 1000;

/** What a process does with the inbox. */
export type InboxRole = 'all' | 'receiver' | 'worker';

/** The options that every inbox has. */
export class InboxSettings {
  /**
   * What this process does. A `receiver` receives and stores; a `worker` hands stored notifications
   * to handlers; `all` does both.
   *
   * @default 'all'
   */
  @Expose()
  @IsIn(['all', 'receiver', 'worker'])
  readonly role: InboxRole = 'all';

  /**
   * How many notifications this process handles at the same time, 1 to 10000. Those of one chat are
   * handled one after the other.
   *
   * @default 50
   */
  @Expose()
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly concurrency: number = 50;

  /**
   * How many notifications may wait for their handlers, 1 to 1000000. Beyond that receiving pauses,
   * and GREEN-API keeps the rest for 24 hours. Looking for the next notification takes time in
   * proportion to this: about 10 ms for 20000.
   *
   * @default 20000
   */
  @Expose()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly waitingLimit: number = 20_000;

  /**
   * How long a notification may wait for its handlers before the status says `isLate` and a warning
   * is logged, in milliseconds, 1000 to 86400000 (24 hours).
   *
   * @default 300000 (5 minutes)
   */
  @Expose()
  @IsInt()
  @Min(1000)
  @Max(24 * HOUR_MS)
  readonly lateAfterMs: number = HOUR_MS / 12;

  /**
   * How long a process may give no sign of life before others take its notifications over, in
   * milliseconds, 1000 to 3600000 (1 hour). Work that blocks the event loop for longer has the same
   * effect.
   *
   * @default 3000
   */
  @Expose()
  @IsInt()
  @Min(1000)
  @Max(HOUR_MS)
  readonly leaseMs: number = 3000;

  /**
   * The schema of the tables: small letters, digits and `_`. Inboxes with different schemas share
   * nothing.
   *
   * @default 'green_notifications'
   */
  @Expose()
  @Matches(/^[a-z_][a-z0-9_]{0,49}$/, {
    message: 'schema must be 1 to 50 small letters, digits and _, and must not begin with a digit',
  })
  readonly schema: string = 'green_notifications';
}

/**
 * Fills in the defaults.
 *
 * @throws {InvalidInboxOptionError} which names every wrong option
 */
export function settingsOf(given: Partial<InboxSettings>): InboxSettings {
  const settings = plainToInstance(InboxSettings, given, {
    exposeDefaultValues: true,
    excludeExtraneousValues: true,
  });
  const problems = validateSync(settings).flatMap(({ constraints = {} }) =>
    Object.values(constraints),
  );
  if (problems.length > 0) throw new InvalidInboxOptionError(`inbox: ${problems.join('; ')}`);
  return settings;
}
