import { type DeadLetter, GreenNotificationsError } from '@green-notifications/nestjs';
import { type BlockedLane, orAborted } from '@green-notifications/nestjs/spi';
import { Logger } from '@nestjs/common';
import type { Db, Job } from 'pg-boss';

import type { Database } from '../database/database.js';
import { atMost, LONGEST_END_MS } from '../database/time-limit.js';
import { ClaimLostError, InboxUnusableError } from '../inbox.errors.js';
import type {
  Claim,
  ClaimedJob,
  JobHistory,
  NewJob,
  RememberedResult,
  Settlement,
} from '../jobs/job.js';
import type { Backlog, JobStore, LetterStore } from '../jobs/job.store.js';
import { refusesContent } from '../sql-state.js';
import { blockedLanes } from './blocked-lanes.js';
import type { ConnectBoss, ConnectedBoss } from './connected-boss.js';
import { createTables } from './inbox.tables.js';
import { dataOf, storedOf } from './job-data.js';
import { JobNotes } from './job.notes.js';
import { LetterTable } from './letter.table.js';
import { attemptsOf, msOf, QUEUE, QUEUE_OPTIONS, settledOf } from './queue.js';
import { SeenTable } from './seen.table.js';
import { Upkeep } from './upkeep.js';

/**
 * Jobs in pg-boss, on PostgreSQL or PGlite, and what pg-boss does not keep in tables beside them.
 *
 * pg-boss hands out the first job of each lane, and fences claims by their `retryCount`. A job that
 * is done is deleted. A job that failed would block its lane for ever, so none is left to fail: what
 * cannot be handled becomes a dead letter in the transaction that deletes its job.
 */
export class PgBossJobStore implements JobStore {
  private connected: ConnectedBoss | undefined;
  private listening: { close(): Promise<void> } | undefined;
  private readonly channel: string;
  private readonly progress: string;
  private readonly letters: LetterTable;
  private readonly seen: SeenTable;
  private readonly notes: JobNotes;
  private readonly upkeep: Upkeep;
  private readonly logger = new Logger('GreenNotificationsInbox');

  constructor(
    private readonly connect: ConnectBoss,
    private readonly schema: string,
  ) {
    this.channel = `inbox_${schema}`;
    this.progress = `${schema}.inbox_progress`;
    this.letters = new LetterTable(`${schema}.inbox_letters`);
    this.seen = new SeenTable(`${schema}.inbox_seen`, this.channel);
    this.notes = new JobNotes({
      progress: this.progress,
      successes: `${schema}.inbox_succeeded`,
      results: `${schema}.inbox_remembered`,
    });
    this.upkeep = new Upkeep(this.seen, this.notes);
  }

  readonly deadLetters: LetterStore = {
    put: (letters) => this.letters.put(this.db, letters),
    putAndSettle: (letters, claim) => this.putAndSettle(letters, claim),
    replace: (letters) => this.letters.replace(this.db, letters),
    get: (id) => this.letters.get(this.db, id),
    list: () => this.letters.list(this.db),
    iterate: () => this.letters.iterate(this.db),
    discard: (id) => this.letters.discard(this.db, id),
    transaction: (id, work, signal) =>
      this.letters.transaction(this.db, this.handlerDatabase, id, work, signal),
  };

  async open(): Promise<void> {
    if (this.connected) return;
    const connected = await this.connect(this.schema).catch((error: unknown) => {
      throw error instanceof GreenNotificationsError ? error : unusable(error);
    });
    try {
      await createTables(connected.database, this.schema);
      await connected.boss.createQueue(QUEUE, QUEUE_OPTIONS);
      // Makes pg-boss read the queue now, and finds nothing. It must not read it for the first time
      // inside a transaction, because PGlite has one connection.
      await connected.boss.fetch(QUEUE, { minPriority: 1 });
    } catch (error) {
      await connected.close();
      throw unusable(error);
    }
    this.connected = connected;
  }

  async close(): Promise<void> {
    const { connected, listening } = this;
    this.connected = undefined;
    this.listening = undefined;
    // Says goodbye, and waits for the answer.
    const unlistened = atMost(LONGEST_END_MS, Promise.resolve(listening?.close()));
    await Promise.all([unlistened, connected?.close()]);
  }

  async watch(wake: () => void): Promise<void> {
    const { notifies, database } = this.required;
    if (!notifies) return;
    this.listening ??= await database.db.listen?.(this.channel, wake, wake);
  }

  async insert(jobs: readonly NewJob[]): Promise<ReadonlySet<string>> {
    try {
      return await this.insertAll(jobs, false);
    } catch (error) {
      if (!refusesContent(error)) throw error;
      return this.insertAll(jobs, true);
    }
  }

  findStored(jobs: readonly NewJob[]): Promise<ReadonlySet<string>> {
    return this.seen.find(this.db, jobs);
  }

  async claim(count: number, except: readonly string[] = []): Promise<readonly ClaimedJob[]> {
    const fetched = await this.required.boss.fetch<unknown>(QUEUE, {
      batchSize: count,
      ignoreGroups: [...except],
      db: this.db,
    });
    const claimed: ClaimedJob[] = [];
    for (const job of fetched) {
      const stored = storedOf(job.data);
      if (stored) claimed.push({ id: job.id, retryCount: job.retryCount, stored });
      else await this.putAway(job);
    }
    return claimed;
  }

  historiesOf(claims: readonly Claim[]): Promise<ReadonlyMap<string, JobHistory>> {
    return this.notes.historiesOf(this.db, claims);
  }

  async settle(settlements: readonly Settlement[]): Promise<ReadonlySet<string>> {
    const done = settlements.filter(({ isDone }) => isDone).map(({ claim }) => claim);
    if (done.length === settlements.length && done.every(({ id }) => !this.notes.has(id))) {
      return this.delete(done, this.db);
    }
    const settled = await this.required.database.transaction(async ({ db }) => {
      const deleted = await this.delete(done, db);
      await this.notes.delete(db, deleted);
      const put = await this.putBack(settlements.filter(isPutBack), db);
      return new Set([...deleted, ...put]);
    });
    for (const { claim } of settlements) this.notes.release(claim.id);
    return settled;
  }

  async renew(claims: readonly Claim[]): Promise<ReadonlySet<string>> {
    const { boss } = this.required;
    const held = settledOf(await boss.touch(QUEUE, attemptsOf(claims), { db: this.db }));
    for (const { id } of claims) if (!held.has(id)) this.notes.release(id);
    return held;
  }

  async clockMs(): Promise<number> {
    const { rows } = await this.db.executeSql(`select ${msOf('now()')} as now`);
    return Number((rows[0] as { readonly now: number | string }).now);
  }

  async takeOver(leaseMs: number, asOfMs?: number): Promise<number> {
    return this.required.database.transaction(async ({ db }) => {
      const { rows } = await db.executeSql(
        `select id, retry_count from ${this.jobs} where name = $1 and state = 'active'
        and heartbeat_on < coalesce(to_timestamp($3::float8 / 1000), now())
          - $2::float8 * interval '1 ms'
        limit 1000 for update skip locked`,
        [QUEUE, leaseMs, asOfMs ?? null],
      );
      if (rows.length === 0) return 0;
      const claims = rows.map((row: { id: string; retry_count: number }) => ({
        id: row.id,
        retryCount: row.retry_count,
      }));
      return settledOf(await this.required.boss.fail(QUEUE, claims, null, { db })).size;
    });
  }

  succeeded(claim: Claim, handler: string): Promise<void> {
    return this.notes.addSuccess(this.db, claim, handler);
  }

  remember(claim: Claim, remembered: RememberedResult): Promise<void> {
    return this.notes.addResult(this.db, claim, remembered);
  }

  hasSucceeded(claim: Claim, handler: string): Promise<boolean> {
    return this.notes.hasSucceeded(this.db, claim, handler);
  }

  async transaction<T>(
    claim: Claim,
    handler: string,
    work: (transaction: unknown) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    return this.handlerDatabase.transaction(async ({ db, native }) => {
      const result = await orAborted(work(native), signal);
      // At the end, so that the row is locked for a moment only. Otherwise nobody could renew the
      // lease, or take the job over from a process that hangs.
      const { rows } = await db.executeSql(
        `select id from ${this.jobs} where name = $1 and id = $2 and retry_count = $3
        and state = 'active' for update`,
        [QUEUE, claim.id, claim.retryCount],
      );
      if (rows.length === 0) throw new ClaimLostError();
      await this.notes.addSuccess(db, claim, handler);
      return result;
    }, signal);
  }

  async backlog(): Promise<readonly Backlog[]> {
    const { rows } = await this.db.executeSql(
      `select coalesce(group_id, '') as instance, count(*) as waiting,
        ${msOf('min(created_on)')} as oldest, ${msOf('now()')} as now
      from ${this.jobs} where name = $1 and state < 'active' group by group_id order by oldest`,
      [QUEUE],
    );
    const backlogs = rows.map(backlogOf);
    const waiting = backlogs.reduce((sum, backlog) => sum + backlog.waiting, 0);
    await this.upkeep.run(this.required, waiting);
    return backlogs;
  }

  async discard(idInstance: string): Promise<number> {
    const { rows } = await this.db.executeSql(
      `delete from ${this.jobs} where name = $1 and group_id = $2 and state < 'active' returning id`,
      [QUEUE, idInstance],
    );
    return rows.length;
  }

  blockedLanes(): Promise<readonly BlockedLane[]> {
    return blockedLanes(this.db, this.jobs, this.progress);
  }

  get required(): ConnectedBoss {
    if (!this.connected) throw new Error('the inbox is not open');
    return this.connected;
  }

  private get db(): Db {
    return this.required.database.db;
  }

  private get handlerDatabase(): Database {
    const { database, handlerDatabase = database } = this.required;
    return handlerDatabase;
  }

  private get jobs(): string {
    return `${this.required.bossSchema}.job`;
  }

  private insertAll(jobs: readonly NewJob[], asText: boolean): Promise<ReadonlySet<string>> {
    const { boss, database } = this.required;
    return database.transaction(async ({ db }) => {
      const fresh = await this.seen.add(db, jobs);
      const inserts = jobs
        .filter(({ id }) => fresh.has(id))
        .map(({ id, lane, stored }) => ({
          id,
          singletonKey: lane,
          group: { id: stored.idInstance },
          data: dataOf(stored, asText),
        }));
      if (inserts.length === 0) return fresh;
      const inserted = await boss.insert(QUEUE, inserts, { db, returnId: true });
      // pg-boss leaves out what it takes for a conflict. There is none, and nothing may be lost.
      if (inserted?.length !== inserts.length) throw new Error('pg-boss did not insert all jobs');
      return fresh;
    });
  }

  private async putAndSettle(letters: readonly DeadLetter[], claim: Claim): Promise<void> {
    await this.required.database.transaction(async ({ db }) => {
      const deleted = await this.delete([claim], db);
      if (deleted.size === 0) throw new ClaimLostError();
      await this.letters.put(db, letters);
      await this.notes.delete(db, deleted);
    });
    this.notes.release(claim.id);
  }

  /** Somebody else put this job into our queue. It would be handed out again and again. */
  private async putAway({ id, retryCount, data }: Job<unknown>): Promise<void> {
    const now = new Date().toISOString();
    const letter: DeadLetter = {
      kind: 'unreadable',
      id: `job ${id}`,
      transport: 'polling',
      body: data,
      firstAt: now,
      lastAt: now,
    };
    await this.putAndSettle([letter], { id, retryCount });
    this.logger.error(
      `Job ${id} of the queue ${QUEUE} is no notification, so it is a dead letter now; use another ` +
        'queue for other jobs',
    );
  }

  private async delete(claims: readonly Claim[], db: Db): Promise<ReadonlySet<string>> {
    if (claims.length === 0) return new Set();
    this.upkeep.settled(claims.length);
    return settledOf(await this.required.boss.deleteJob(QUEUE, attemptsOf(claims), { db }));
  }

  /** `fail` puts a job back at once, so its next attempt is moved afterwards. */
  private async putBack(settlements: readonly PutBack[], db: Db): Promise<ReadonlySet<string>> {
    if (settlements.length === 0) return new Set();
    const claims = attemptsOf(settlements.map(({ claim }) => claim));
    const back = settledOf(await this.required.boss.fail(QUEUE, claims, null, { db }));
    const held = settlements.filter(({ claim }) => back.has(claim.id));
    const delays = held.map(({ claim, retryAfterMs }) => ({ job: claim.id, after: retryAfterMs }));
    await db.executeSql(
      `update ${this.jobs} j set start_after = now() + given.after * interval '1 ms'
      from json_to_recordset($2::text::json) as given (job uuid, after float8)
      where j.name = $1 and j.id = given.job`,
      [QUEUE, JSON.stringify(delays)],
    );
    await this.notes.addAttempts(db, held);
    return back;
  }
}

function unusable(error: unknown): InboxUnusableError {
  return new InboxUnusableError('The database of the inbox cannot be used', error);
}

type PutBack = Settlement & { readonly isDone: false };

function isPutBack(settlement: Settlement): settlement is PutBack {
  return !settlement.isDone;
}

interface BacklogRow {
  readonly instance: string;
  readonly waiting: number | string;
  readonly oldest: number;
  readonly now: number;
}

function backlogOf({ instance, waiting, oldest, now }: BacklogRow): Backlog {
  return {
    idInstance: instance,
    waiting: Number(waiting),
    oldestAt: new Date(oldest),
    ageMs: now - oldest,
  };
}
