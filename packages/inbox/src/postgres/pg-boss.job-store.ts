import {
  chatIdOf,
  type DeadLetter,
  GreenNotificationsError,
  type Notification,
} from '@green-notifications/nestjs';
import { type BlockedLane, orAborted, type ProgressRecord } from '@green-notifications/nestjs/spi';
import { Logger } from '@nestjs/common';
import type { CommandResponse, Db, Job } from 'pg-boss';

import { ClaimLostError, InboxUnusableError } from '../inbox.errors.js';
import type { Claim, ClaimedJob, JobHistory, NewJob, Settlement } from '../jobs/job.js';
import type { Backlog, JobStore, LetterStore } from '../jobs/job.store.js';
import type { ConnectBoss, ConnectedBoss } from './connected-boss.js';
import { createTables } from './inbox.tables.js';
import { dataOf, type JobData, storedOf } from './job-data.js';
import { LetterTable } from './letter.table.js';

export const QUEUE = 'green-notifications';

/** GREEN-API keeps a notification for a day, so it does not come again after that. */
const SEEN_DAYS = 3;
const PURGE_MS = 60 * 60 * 1000;
const MANY = 1000;
const DAY_SECONDS = 24 * 60 * 60;

const QUEUE_OPTIONS = {
  policy: 'key_strict_fifo',
  partition: true,
  // The module counts attempts itself, by handler.
  retryLimit: 2 ** 31 - 1,
  retryDelay: 0,
  // pg-boss ends jobs that are older, even if their handlers run, and deletes jobs that wait longer.
  expireInSeconds: DAY_SECONDS - 1,
  retentionSeconds: 365 * DAY_SECONDS,
} as const;

/** PostgreSQL did not take the content of a row. */
const REFUSES_CONTENT = /^(?:22|54)/;

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
  /** Jobs of this process with rows in the tables beside them. */
  private readonly noted = new Set<string>();
  private readonly letters: LetterTable;
  private readonly logger = new Logger('GreenNotificationsInbox');
  private purgedAtMs = 0;
  private isAnalysed = false;
  private settledJobs = 0;

  constructor(
    private readonly connect: ConnectBoss,
    private readonly schema: string,
  ) {
    this.letters = new LetterTable(`${schema}.inbox_letters`);
  }

  readonly deadLetters: LetterStore = {
    put: (letters) => this.letters.put(this.db, letters),
    putAndSettle: (letters, claim) => this.putAndSettle(letters, claim),
    get: (id) => this.letters.get(this.db, id),
    list: () => this.letters.list(this.db),
    discard: (id) => this.letters.discard(this.db, id),
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
    await listening?.close();
    await connected?.close();
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
      if (!REFUSES_CONTENT.test(codeOf(error))) throw error;
      return this.insertAll(jobs, true);
    }
  }

  async findStored(jobs: readonly NewJob[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.db.executeSql(
      `select job from ${this.schema}.inbox_seen where job = any($1::uuid[])
      and id = any($2::uuid[])`,
      [jobs.map(({ id }) => id), jobs.map(({ identity }) => identity)],
    );
    return new Set(rows.map(({ job }: { readonly job: string }) => job));
  }

  async claim(count: number, except: readonly string[] = []): Promise<readonly ClaimedJob[]> {
    const fetched = await this.required.boss.fetch<unknown>(QUEUE, {
      batchSize: count,
      ignoreGroups: [...except],
    });
    const claimed: ClaimedJob[] = [];
    for (const job of fetched) {
      const stored = storedOf(job.data);
      if (stored) claimed.push({ id: job.id, retryCount: job.retryCount, stored });
      else await this.putAway(job);
    }
    return claimed;
  }

  async historiesOf(claims: readonly Claim[]): Promise<ReadonlyMap<string, JobHistory>> {
    const ids = claims.map(({ id }) => id);
    const { rows } = await this.db.executeSql(
      `select job, hand_outs, progress, array(
        select handler from ${this.schema}.inbox_succeeded done where done.job = ids.job
      ) as succeeded
      from unnest($1::uuid[]) as ids (job) left join ${this.schema}.inbox_progress using (job)`,
      [ids],
    );
    return new Map(
      rows.map((row: HistoryRow) => {
        const { job, hand_outs: handOuts, progress, succeeded } = row;
        this.noted.add(job);
        return [
          job,
          {
            progress: progress === null ? undefined : (JSON.parse(progress) as ProgressRecord),
            succeeded,
            handOuts: handOuts ?? 0,
          },
        ];
      }),
    );
  }

  async settle(settlements: readonly Settlement[]): Promise<ReadonlySet<string>> {
    const done = settlements.filter(({ isDone }) => isDone).map(({ claim }) => claim);
    if (done.length === settlements.length && done.every(({ id }) => !this.noted.has(id))) {
      return this.delete(done, this.db);
    }
    const settled = await this.required.database.transaction(async ({ db }) => {
      const deleted = await this.delete(done, db);
      const put = await this.putBack(settlements.filter(isPutBack), db);
      await this.forgetNotes(deleted, db);
      return new Set([...deleted, ...put]);
    });
    for (const { claim } of settlements) this.noted.delete(claim.id);
    return settled;
  }

  async renew(claims: readonly Claim[]): Promise<ReadonlySet<string>> {
    const held = settledOf(await this.required.boss.touch(QUEUE, attemptsOf(claims)));
    for (const { id } of claims) if (!held.has(id)) this.noted.delete(id);
    return held;
  }

  async hasSucceeded({ id }: Claim, handler: string): Promise<boolean> {
    const { rows } = await this.db.executeSql(
      `select job from ${this.schema}.inbox_succeeded where job = $1 and handler = $2`,
      [id, handler],
    );
    return rows.length > 0;
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

  async succeeded({ id }: Claim, handler: string): Promise<void> {
    this.noted.add(id);
    await this.noteSuccess(id, handler, this.db);
  }

  async transaction<T>(
    { id, retryCount }: Claim,
    handler: string,
    work: (transaction: unknown) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    this.noted.add(id);
    const { database, handlerDatabase = database } = this.required;
    return handlerDatabase.transaction(async ({ db, native }) => {
      const result = await orAborted(work(native), signal);
      // At the end, so that the row is locked for a moment only. Otherwise nobody could renew the
      // lease, or take the job over from a process that hangs.
      const { rows } = await db.executeSql(
        `select id from ${this.jobs} where name = $1 and id = $2 and retry_count = $3
        and state = 'active' for update`,
        [QUEUE, id, retryCount],
      );
      if (rows.length === 0) throw new ClaimLostError();
      await this.noteSuccess(id, handler, db);
      return result;
    });
  }

  async backlog(): Promise<Backlog> {
    const { rows } = await this.db.executeSql(
      `select count(*) as waiting, ${msOf('min(created_on)')} as oldest from ${this.jobs}
      where name = $1 and state < 'active'`,
      [QUEUE],
    );
    const { waiting, oldest } = rows[0] as { waiting: number | string; oldest: number | null };
    await this.maintain(Number(waiting));
    return { waiting: Number(waiting), oldestAt: oldest === null ? undefined : new Date(oldest) };
  }

  async blockedLanes(): Promise<readonly BlockedLane[]> {
    const { rows } = await this.db.executeSql(
      `with behind as (
        select singleton_key, count(*) as waiting from ${this.jobs}
        where name = $1 and state < 'active' group by singleton_key
      )
      select first.data, first.state, ${msOf('first.created_on')} as since,
        ${msOf('first.start_after')} as due, known.progress,
        coalesce(behind.waiting, 0) - (first.state = 'retry')::int as waiting
      from ${this.jobs} first
      left join behind on behind.singleton_key = first.singleton_key
      left join ${this.schema}.inbox_progress known on known.job = first.id
      where first.name = $1 and first.state in ('active', 'retry')
      order by first.created_on limit 1000`,
      [QUEUE],
    );
    return rows.map(laneOfRow);
  }

  get required(): ConnectedBoss {
    if (!this.connected) throw new Error('the inbox is not open');
    return this.connected;
  }

  private get db(): Db {
    return this.required.database.db;
  }

  private get jobs(): string {
    return `${this.required.bossSchema}.job`;
  }

  private get channel(): string {
    return `inbox_${this.schema}`;
  }

  private insertAll(jobs: readonly NewJob[], asText: boolean): Promise<ReadonlySet<string>> {
    const { boss, database } = this.required;
    const given = jobs.map(({ id, identity }) => ({ job: id, id: identity }));
    return database.transaction(async ({ db }) => {
      const { rows } = await db.executeSql(
        `with fresh as (
          insert into ${this.schema}.inbox_seen (id, job)
          select id, job from json_to_recordset($1::text::json) as given (id uuid, job uuid)
          on conflict do nothing returning job
        ), told as (select pg_notify('${this.channel}', '') from fresh limit 1)
        select job from fresh where (select count(*) from told) >= 0`,
        [JSON.stringify(given)],
      );
      const fresh = new Set(rows.map(({ job }: { readonly job: string }) => job));
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
      await this.forgetNotes(deleted, db);
    });
    this.noted.delete(claim.id);
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
    this.settledJobs += claims.length;
    return settledOf(await this.required.boss.deleteJob(QUEUE, attemptsOf(claims), { db }));
  }

  /** `fail` puts a job back at once, so its next attempt is moved afterwards. */
  private async putBack(settlements: readonly PutBack[], db: Db): Promise<ReadonlySet<string>> {
    if (settlements.length === 0) return new Set();
    const claims = attemptsOf(settlements.map(({ claim }) => claim));
    const back = settledOf(await this.required.boss.fail(QUEUE, claims, null, { db }));
    const rows = settlements
      .filter(({ claim }) => back.has(claim.id))
      .map(({ claim, retryAfterMs, progress }) => ({
        job: claim.id,
        // Without progress nothing ran, so what was lost before is still lost.
        hand_outs: progress ? claim.retryCount + 1 : null,
        after_ms: retryAfterMs,
        progress: progress && JSON.stringify(progress),
      }));
    await db.executeSql(
      `with given as (
        select * from json_to_recordset($2::text::json)
        as given (job uuid, hand_outs int, after_ms float8, progress text)
      ), moved as (
        update ${this.jobs} j set start_after = now() + given.after_ms * interval '1 ms'
        from given where j.name = $1 and j.id = given.job
      )
      insert into ${this.schema}.inbox_progress (job, hand_outs, progress)
      select job, coalesce(hand_outs, 1), progress from given
      on conflict (job) do update set hand_outs = coalesce(
          (select given.hand_outs from given where given.job = inbox_progress.job),
          inbox_progress.hand_outs + 1
        ),
        progress = coalesce(excluded.progress, inbox_progress.progress)`,
      [QUEUE, JSON.stringify(rows)],
    );
    return back;
  }

  private async noteSuccess(id: string, handler: string, db: Db): Promise<void> {
    await db.executeSql(
      `insert into ${this.schema}.inbox_succeeded (job, handler) values ($1, $2)
      on conflict do nothing`,
      [id, handler],
    );
  }

  private async forgetNotes(ids: ReadonlySet<string>, db: Db): Promise<void> {
    const noted = [...ids].filter((id) => this.noted.has(id));
    if (noted.length === 0) return;
    for (const table of ['inbox_progress', 'inbox_succeeded']) {
      await db.executeSql(`delete from ${this.schema}.${table} where job = any($1::uuid[])`, [
        noted,
      ]);
    }
  }

  private async maintain(waiting: number): Promise<void> {
    // Until the server knows how many rows a new table has, it looks for jobs five times as slowly.
    if (waiting >= MANY && !this.isAnalysed) {
      this.isAnalysed = true;
      await this.db.executeSql(`analyze ${this.jobs}`);
    }
    const { settledJobs } = this;
    this.settledJobs = 0;
    await this.required.maintain?.(settledJobs);
    const nowMs = performance.now();
    if (this.purgedAtMs > 0 && nowMs - this.purgedAtMs < PURGE_MS) return;
    this.purgedAtMs = nowMs;
    await this.db.executeSql(
      `delete from ${this.schema}.inbox_seen where at < now() - interval '${SEEN_DAYS} days'`,
    );
    // What a process noted after another one had taken its job over and ended it.
    for (const table of ['inbox_progress', 'inbox_succeeded']) {
      await this.db.executeSql(
        `delete from ${this.schema}.${table} note where not exists (
          select 1 from ${this.jobs} j where j.name = $1 and j.id = note.job)`,
        [QUEUE],
      );
    }
  }
}

function unusable(error: unknown): InboxUnusableError {
  return new InboxUnusableError('The database of the inbox cannot be used', error);
}

type PutBack = Settlement & { readonly isDone: false };

interface HistoryRow {
  readonly job: string;
  readonly hand_outs: number | null;
  readonly progress: string | null;
  readonly succeeded: readonly string[];
}

function isPutBack(settlement: Settlement): settlement is PutBack {
  return !settlement.isDone;
}

function attemptsOf(claims: readonly Claim[]): { id: string; retryCount: number }[] {
  return claims.map(({ id, retryCount }) => ({ id, retryCount }));
}

/** The ids of the jobs that a call of pg-boss has changed. */
function settledOf(response: CommandResponse): ReadonlySet<string> {
  return new Set((response as { readonly settled?: readonly string[] }).settled);
}

/** Milliseconds since 1970: some libraries read a time as a Date, others as a text. */
function msOf(time: string): string {
  return `(extract(epoch from ${time}) * 1000)::float8`;
}

function codeOf(error: unknown): string {
  const { code } = Object(error) as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}

interface LaneRow {
  readonly data: JobData;
  readonly state: 'active' | 'retry';
  readonly since: number;
  readonly due: number;
  readonly progress: string | null;
  readonly waiting: number | string;
}

function laneOfRow(row: LaneRow): BlockedLane {
  const { idInstance = '', notification } = storedOf(row.data) ?? {};
  const chatId = notification ? chatIdOf(notification as Notification) : undefined;
  const progress = row.progress === null ? undefined : (JSON.parse(row.progress) as ProgressRecord);
  return {
    idInstance,
    ...(chatId !== undefined && { chatId }),
    waiting: Number(row.waiting),
    since: new Date(row.since),
    state: row.state === 'active' ? 'running' : 'retrying',
    nextAttemptAt: row.state === 'retry' ? new Date(row.due) : undefined,
    handlers: Object.entries(progress?.handlers ?? {})
      .filter(([, { state }]) => state !== 'succeeded')
      .map(([handler, { attempts, error }]) => ({ handler, attempts, error: error?.message })),
  };
}
