import type { Inbox } from '@green-notifications/nestjs/spi';

import { type InboxSettings, settingsOf } from './inbox.options.js';
import { JobStoreInbox } from './job-store.inbox.js';
import { InMemoryJobStore } from './jobs/in-memory.job-store.js';

/** An inbox in memory, for tests: what it holds is lost when the process ends. */
export function inMemoryInbox(options: Partial<InboxSettings> = {}): Inbox {
  return new JobStoreInbox(new InMemoryJobStore(), settingsOf(options));
}
