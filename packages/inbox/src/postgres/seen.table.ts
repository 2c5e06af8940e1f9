import type { Db } from 'pg-boss';

import type { NewJob } from '../jobs/job.js';

/** GREEN-API keeps a notification for a day, so it does not come again after that. */
const SEEN_DAYS = 3;

/** The identities of notifications that were stored, so that repetitions are recognised. */
export class SeenTable {
  constructor(
    private readonly table: string,
    private readonly channel: string,
  ) {}

  /**
   * Tells the other processes, too, if there is anything new. Takes the identities in one order, so
   * that two processes with the same notifications never wait for each other in a circle.
   *
   * @returns the ids of the jobs that were not seen before
   */
  async add(db: Db, jobs: readonly NewJob[]): Promise<ReadonlySet<string>> {
    const given = jobs.map(({ id, identity }) => ({ job: id, id: identity }));
    const { rows } = await db.executeSql(
      `with fresh as (
        insert into ${this.table} (id, job)
        select id, job from json_to_recordset($1::text::json) as given (id uuid, job uuid)
        order by id, job on conflict do nothing returning job
      ), told as (select pg_notify('${this.channel}', '') from fresh limit 1)
      select job from fresh where (select count(*) from told) >= 0`,
      [JSON.stringify(given)],
    );
    return jobsOf(rows);
  }

  async find(db: Db, jobs: readonly NewJob[]): Promise<ReadonlySet<string>> {
    const { rows } = await db.executeSql(
      `select job from ${this.table} where job = any($1::uuid[]) and id = any($2::uuid[])`,
      [jobs.map(({ id }) => id), jobs.map(({ identity }) => identity)],
    );
    return jobsOf(rows);
  }

  async purge(db: Db): Promise<void> {
    await db.executeSql(
      `delete from ${this.table} where at < now() - interval '${SEEN_DAYS} days'`,
    );
  }
}

function jobsOf(rows: readonly { readonly job: string }[]): ReadonlySet<string> {
  return new Set(rows.map(({ job }) => job));
}
