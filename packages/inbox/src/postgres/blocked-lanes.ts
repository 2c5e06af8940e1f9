import type { BlockedLane, ProgressRecord } from '@green-notifications/nestjs/spi';
import type { Db } from 'pg-boss';

import { blockedLane } from '../jobs/blocked-lane.js';
import { type JobData, storedOf } from './job-data.js';
import { msOf, QUEUE } from './queue.js';

const MOST_LANES = 1000;

/** The lanes whose first job is handed out or waits for another attempt, longest first. */
export async function blockedLanes(
  db: Db,
  jobs: string,
  progress: string,
): Promise<readonly BlockedLane[]> {
  const { rows } = await db.executeSql(
    `with behind as (
      select singleton_key, count(*) as waiting from ${jobs}
      where name = $1 and state < 'active' group by singleton_key
    )
    select first.data, first.state, ${msOf('first.created_on')} as since,
      ${msOf('first.start_after')} as due, known.progress,
      coalesce(behind.waiting, 0) - (first.state = 'retry')::int as waiting
    from ${jobs} first
    left join behind on behind.singleton_key = first.singleton_key
    left join ${progress} known on known.job = first.id
    where first.name = $1 and first.state in ('active', 'retry')
    order by first.created_on limit ${MOST_LANES}`,
    [QUEUE],
  );
  return rows.flatMap(laneOfRow);
}

interface LaneRow {
  readonly data: JobData;
  readonly state: 'active' | 'retry';
  readonly since: number;
  readonly due: number;
  readonly progress: string | null;
  readonly waiting: number | string;
}

/** Nothing for a job of somebody else, which ends when it is handed out. */
function laneOfRow({ data, state, since, due, progress, waiting }: LaneRow): BlockedLane[] {
  const stored = storedOf(data);
  if (!stored) return [];
  return [
    blockedLane(stored, {
      waiting: Number(waiting),
      since: new Date(since),
      nextAttemptAt: state === 'retry' ? new Date(due) : undefined,
      progress: progress === null ? undefined : (JSON.parse(progress) as ProgressRecord),
    }),
  ];
}
