import type { PgBoss } from 'pg-boss';

import type { Database } from '../database/database.js';

/** A pg-boss that is started, and its database. */
export interface ConnectedBoss {
  readonly boss: PgBoss;
  readonly database: Database;
  /** For the transactions of handlers, which may take long. Default: `database`. */
  readonly handlerDatabase?: Database;
  /** The schema of pg-boss. */
  readonly bossSchema: string;
  /** Whether processes tell each other by NOTIFY what they have stored. */
  readonly notifies: boolean;
  /** What the database needs from time to time. */
  maintain?(settledJobs: number): Promise<void>;
  close(): Promise<void>;
}

/** Connects to a database, and starts pg-boss in it. */
export type ConnectBoss = (schema: string) => Promise<ConnectedBoss>;
