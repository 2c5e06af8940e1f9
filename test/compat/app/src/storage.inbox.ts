import { pgBossInbox } from '@green-notifications/inbox';

/** A new inbox for each start. */
export const storage = () => ({
  inbox: pgBossInbox({ directory: `./inbox-${process.pid}-${Date.now()}` }),
});
