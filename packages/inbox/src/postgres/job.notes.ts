import type { ProgressRecord } from '@green-notifications/nestjs/spi';
import type { Db } from 'pg-boss';

import type { Claim, JobHistory, RememberedResult } from '../jobs/job.js';

/** What became of an attempt that did not end its job. */
export interface AttemptNote {
  readonly claim: Claim;
  /** Undefined if nothing ran. */
  readonly progress: ProgressRecord | undefined;
}

/** Their names, with the schema. */
export interface NoteTables {
  readonly progress: string;
  readonly successes: string;
  readonly results: string;
}

/**
 * What pg-boss does not keep of a job: what its handlers had done when it was last put back, which
 * have succeeded since then, and the results of work that they must not do again. Most jobs have no notes, so this process remembers which have.
 */
export class JobNotes {
  private readonly noted = new Set<string>();

  constructor(private readonly tables: NoteTables) {}

  /** Whether a job that this process holds may have notes. */
  has(id: string): boolean {
    return this.noted.has(id);
  }

  async historiesOf(db: Db, claims: readonly Claim[]): Promise<ReadonlyMap<string, JobHistory>> {
    const { progress, successes, results } = this.tables;
    const { rows } = await db.executeSql(
      `select job, hand_outs, progress, array(
        select handler from ${successes} done where done.job = ids.job
      ) as succeeded, (
        select json_agg(json_build_object('handler', handler, 'name', name, 'result', result))::text
        from ${results} known where known.job = ids.job
      ) as remembered
      from unnest($1::uuid[]) as ids (job) left join ${progress} using (job)`,
      [claims.map(({ id }) => id)],
    );
    return new Map(
      rows.map((row: HistoryRow) => {
        this.noted.add(row.job);
        return [row.job, historyOf(row)];
      }),
    );
  }

  async addSuccess(db: Db, { id }: Claim, handler: string): Promise<void> {
    this.noted.add(id);
    await db.executeSql(
      `insert into ${this.tables.successes} (job, handler) values ($1, $2) on conflict do nothing`,
      [id, handler],
    );
  }

  async addResult(
    db: Db,
    { id }: Claim,
    { handler, name, result }: RememberedResult,
  ): Promise<void> {
    this.noted.add(id);
    await db.executeSql(
      `insert into ${this.tables.results} (job, handler, name, result) values ($1, $2, $3, $4)
      on conflict (job, handler, name) do update set result = excluded.result`,
      [id, handler, name, result],
    );
  }

  async hasSucceeded(db: Db, { id }: Claim, handler: string): Promise<boolean> {
    const { rows } = await db.executeSql(
      `select job from ${this.tables.successes} where job = $1 and handler = $2`,
      [id, handler],
    );
    return rows.length > 0;
  }

  async addAttempts(db: Db, attempts: readonly AttemptNote[]): Promise<void> {
    const rows = attempts.map(({ claim, progress }) => ({
      job: claim.id,
      // Without progress nothing ran, so what was lost before is still lost.
      hand_outs: progress ? claim.retryCount + 1 : null,
      progress: progress && JSON.stringify(progress),
    }));
    await db.executeSql(
      `with given as (
        select * from json_to_recordset($1::text::json)
        as given (job uuid, hand_outs int, progress text)
      )
      insert into ${this.tables.progress} (job, hand_outs, progress)
      select job, coalesce(hand_outs, 1), progress from given
      on conflict (job) do update set hand_outs = coalesce(
          (select given.hand_outs from given where given.job = inbox_progress.job),
          inbox_progress.hand_outs + 1
        ),
        progress = coalesce(excluded.progress, inbox_progress.progress)`,
      [JSON.stringify(rows)],
    );
  }

  /** Deletes the notes of jobs that are gone. */
  async delete(db: Db, ids: Iterable<string>): Promise<void> {
    const noted = [...ids].filter((id) => this.noted.has(id));
    if (noted.length === 0) return;
    const { progress, successes, results } = this.tables;
    await db.executeSql(
      `with p as (delete from ${progress} where job = any($1::uuid[])),
        s as (delete from ${successes} where job = any($1::uuid[]))
      delete from ${results} where job = any($1::uuid[])`,
      [noted],
    );
  }

  /** This process no longer holds the job. */
  release(id: string): void {
    this.noted.delete(id);
  }

  /** Deletes what a process noted after another one had taken its job over and ended it. */
  async purge(db: Db, jobs: string, queue: string): Promise<void> {
    for (const table of Object.values(this.tables)) {
      await db.executeSql(
        `delete from ${table} note where not exists (
          select 1 from ${jobs} j where j.name = $1 and j.id = note.job)`,
        [queue],
      );
    }
  }
}

interface HistoryRow {
  readonly job: string;
  readonly hand_outs: number | null;
  readonly progress: string | null;
  readonly succeeded: readonly string[];
  readonly remembered: string | null;
}

function historyOf(row: HistoryRow): JobHistory {
  const { hand_outs: handOuts, progress, succeeded, remembered } = row;
  return {
    progress: progress === null ? undefined : (JSON.parse(progress) as ProgressRecord),
    succeeded,
    remembered: remembered === null ? [] : (JSON.parse(remembered) as RememberedResult[]),
    handOuts: handOuts ?? 0,
  };
}
