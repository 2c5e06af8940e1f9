import type { Inbox } from '@green-notifications/nestjs/spi';
import type { TestTransaction } from '@green-notifications/nestjs/testing';

import { type InboxSettings, settingsOf } from './inbox.options.js';
import { JobStoreInbox } from './job-store.inbox.js';
import { InMemoryJobStore } from './jobs/in-memory.job-store.js';

/** The options of {@link inMemoryInbox}. */
export interface InMemoryInboxOptions extends Partial<InboxSettings> {
  /**
   * Runs the work of `ctx.transaction` in a transaction of the test's own:
   * `(work) => knex.transaction(work)`.
   *
   * @default the handler gets undefined
   */
  readonly transaction?: TestTransaction;
}

/** An inbox in memory, for tests: what it holds is lost when the process ends. */
export function inMemoryInbox({ transaction, ...options }: InMemoryInboxOptions = {}): Inbox {
  return new JobStoreInbox(new InMemoryJobStore(transaction), settingsOf(options));
}
