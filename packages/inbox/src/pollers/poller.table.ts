import type { Db } from 'pg-boss';

import type { ConnectedBoss } from '../postgres/connected-boss.js';
import { type FairShare, fairShareOf, type PollerView } from './fair-share.js';

/** What a process sees of the pollers of all processes, and of its own. */
export interface PollersSeen extends PollerView {
  /** How many rows it has. */
  readonly owned: number;
  /** Those of its instances that another process has asked for. */
  readonly asked: readonly string[];
  /** Whether the lease of a process has run out. */
  readonly hasDead: boolean;
}

/** Processes whose leases had run out, and how many instances they polled. */
export interface Buried {
  readonly processes: number;
  readonly instances: number;
}

interface MemberRow {
  readonly id: string;
  readonly isDead: boolean;
  readonly holds: number;
  readonly askable: number;
}

/** The tables of {@link PollerTable}. */
export function pollerTables(schema: string): readonly string[] {
  return [
    `create table if not exists ${schema}.inbox_member (
      id uuid primary key,
      expires_at timestamptz not null
    )`,
    `create table if not exists ${schema}.inbox_poller (
      id_instance text primary key,
      owner uuid not null references ${schema}.inbox_member on delete cascade,
      wanted_by uuid references ${schema}.inbox_member on delete set null
    )`,
    `create index if not exists inbox_poller_owner on ${schema}.inbox_poller (owner)`,
    `create index if not exists inbox_poller_wanted_by on ${schema}.inbox_poller (wanted_by)
      where wanted_by is not null`,
  ];
}

/**
 * Which process polls which instance. Each receiving process is a member, with a lease that it
 * renews. Each instance that is polled has a row with its owner, and with the member that has asked
 * for it.
 *
 * A process is dead when its member is deleted, and its rows with it. Renewing a lease and deleting
 * a member lock the same row, so that a process which could still renew its lease is alive, whatever
 * the clocks of the machines show.
 */
export class PollerTable {
  private readonly members: string;
  private readonly rows: string;
  private readonly channel: string;

  constructor(
    private readonly connected: () => ConnectedBoss,
    schema: string,
  ) {
    this.members = `${schema}.inbox_member`;
    this.rows = `${schema}.inbox_poller`;
    this.channel = `inbox_pollers_${schema}`;
  }

  /** Calls `wake` when the pollers of others have changed. Does nothing without LISTEN. */
  async listen(wake: () => void): Promise<{ close(): Promise<void> } | undefined> {
    const { notifies, database } = this.connected();
    return notifies ? database.db.listen?.(this.channel, wake, wake) : undefined;
  }

  async join(member: string, leaseMs: number): Promise<void> {
    await this.db.executeSql(
      `insert into ${this.members} (id, expires_at)
      values ($1, now() + $2::float8 * interval '1 ms')`,
      [member, leaseMs],
    );
  }

  /** Whether it is still a member. */
  async renew(member: string, leaseMs: number): Promise<boolean> {
    const { rows } = await this.db.executeSql(
      `update ${this.members} set expires_at = now() + $2::float8 * interval '1 ms'
      where id = $1 returning id`,
      [member, leaseMs],
    );
    return rows.length > 0;
  }

  /** Leaves what it polls to others. */
  async leave(member: string): Promise<void> {
    await this.db.executeSql(
      `with gone as (delete from ${this.members} where id = $1 returning id)
      select pg_notify('${this.channel}', '') from gone`,
      [member],
    );
  }

  /** Leaves what dead processes polled to the others. */
  async bury(): Promise<Buried> {
    const { rows } = await this.db.executeSql(
      `with dead as (
        select id from ${this.members} where expires_at < now() for update skip locked
      ), gone as (
        delete from ${this.members} where id in (select id from dead) returning id
      )
      select (select count(*) from gone) as processes,
        (select count(*) from ${this.rows} where owner in (select id from dead)) as instances`,
    );
    const { processes, instances } = rows[0] as Record<keyof Buried, number | string>;
    return { processes: Number(processes), instances: Number(instances) };
  }

  view(member: string, known: readonly string[]): Promise<PollersSeen> {
    return this.viewIn(this.db, member, known);
  }

  async ownedBy(member: string): Promise<ReadonlySet<string>> {
    const { rows } = await this.db.executeSql(
      `select id_instance from ${this.rows} where owner = $1`,
      [member],
    );
    return new Set(rows.map(idOf));
  }

  /**
   * Takes the fair share of what nobody polls, and asks others for what is missing.
   *
   * @returns what was taken, and how many are left over
   */
  async claim(
    member: string,
    known: readonly string[],
    isLeftOver: boolean,
  ): Promise<{ readonly taken: readonly string[]; readonly left: number }> {
    return this.connected().database.transaction(async ({ db }) => {
      // Two that share at the same time would each see the state before the other.
      await db.executeSql(`select pg_advisory_xact_lock(hashtext('${this.rows}'))`);
      const view = await this.viewIn(db, member, known);
      const share = fairShareOf(view, isLeftOver);
      const taken = share.take > 0 ? await this.take(db, member, known, share.take) : [];
      if (share.ask > 0) await this.ask(db, member, known, share);
      return { taken, left: view.free - taken.length };
    });
  }

  /** Gives what this process no longer polls to the process that asked for it, or to anyone. */
  async release(member: string, ids: readonly string[]): Promise<void> {
    await this.db.executeSql(
      `with given as (select json_array_elements_text($2::text::json) as id), handed as (
        update ${this.rows} set owner = wanted_by, wanted_by = null
        where owner = $1::uuid and wanted_by is not null and id_instance in (select id from given)
        returning id_instance
      ), freed as (
        delete from ${this.rows}
        where owner = $1::uuid and wanted_by is null and id_instance in (select id from given)
        returning id_instance
      )
      select pg_notify('${this.channel}', '') from (
        select id_instance from handed union all select id_instance from freed limit 1
      ) as changed`,
      [member, JSON.stringify(ids)],
    );
  }

  private get db(): Db {
    return this.connected().database.db;
  }

  private async viewIn(db: Db, member: string, known: readonly string[]): Promise<PollersSeen> {
    const { rows } = await db.executeSql(
      `with given as materialized (select json_array_elements_text($2::text::json) as id),
      held as (
        select coalesce(wanted_by, owner) as holder, count(*) as holds,
          count(given.id) filter (where wanted_by is null) as askable
        from ${this.rows} left join given on given.id = id_instance group by holder
      )
      select json_build_object(
        'owned', (select count(*) from ${this.rows} where owner = $1::uuid),
        'asked', (select coalesce(json_agg(id_instance), '[]') from ${this.rows}
          where owner = $1::uuid and wanted_by is not null),
        'free', (select count(*) from given
          where not exists (select from ${this.rows} where id_instance = given.id)),
        'members', (select coalesce(json_agg(json_build_object(
            'id', id, 'isDead', expires_at < now(),
            'holds', coalesce(holds, 0), 'askable', coalesce(askable, 0)
          )), '[]') from ${this.members} left join held on holder = id)
      )::text as seen`,
      [member, JSON.stringify(known)],
    );
    const { members, ...seen } = JSON.parse((rows[0] as { readonly seen: string }).seen) as {
      readonly owned: number;
      readonly asked: readonly string[];
      readonly free: number;
      readonly members: readonly MemberRow[];
    };
    return {
      ...seen,
      known: known.length,
      mine: members.find(({ id }) => id === member)?.holds ?? 0,
      others: members.filter(({ id }) => id !== member),
      hasDead: members.some(({ isDead }) => isDead),
    };
  }

  private async take(
    db: Db,
    member: string,
    known: readonly string[],
    count: number,
  ): Promise<readonly string[]> {
    const { rows } = await db.executeSql(
      `insert into ${this.rows} (id_instance, owner)
      select id, $1::uuid from json_array_elements_text($2::text::json) as id
      where not exists (select from ${this.rows} where id_instance = id)
      limit $3 on conflict do nothing returning id_instance`,
      [member, JSON.stringify(known), count],
    );
    return rows.map(idOf);
  }

  /** Asks those that hold most. */
  private async ask(
    db: Db,
    member: string,
    known: readonly string[],
    { ask, keep }: FairShare,
  ): Promise<void> {
    await db.executeSql(
      `with held as (
        select coalesce(wanted_by, owner) as holder, count(*) as holds from ${this.rows}
        group by holder
      ), ranked as (
        select id_instance, holds - row_number() over (partition by owner) as left_over
        from ${this.rows} join held on holder = owner
        where owner <> $1::uuid and wanted_by is null
          and id_instance in (select json_array_elements_text($2::text::json))
      ), asked as (
        update ${this.rows} set wanted_by = $1::uuid where id_instance in (
          select id_instance from ranked where left_over >= $3 order by left_over desc limit $4
        ) returning id_instance
      )
      select pg_notify('${this.channel}', '') from (select from asked limit 1) as changed`,
      [member, JSON.stringify(known), keep, ask],
    );
  }
}

function idOf({ id_instance: id }: { readonly id_instance: string }): string {
  return id;
}
