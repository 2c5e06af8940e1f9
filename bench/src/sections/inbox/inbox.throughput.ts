import { type Spread, spreadOf } from '../../statistics.js';
import type { Surroundings } from '../section.js';
import { dropSchema, type QueueServers } from './queue.servers.js';
import {
  playRound,
  type QueueChild,
  type QueueRound,
  startQueue,
  type Work,
} from './queue.team.js';

/** Who works, by the key in the JSON: the inbox on PGlite or on PostgreSQL, or BullMQ. */
export const TEAM_NAMES = ['pglite', 'postgres1', 'postgres2', 'postgres4', 'bullmq'] as const;

export type TeamName = (typeof TEAM_NAMES)[number];

/** What the handlers do: nothing, wait 10 ms, or that and fail once for a message of each chat. */
export const WORK_NAMES = ['instant', 'tenMs', 'failing'] as const;

export type WorkName = (typeof WORK_NAMES)[number];

export interface CompletedFigures {
  readonly perSecond: number;
  readonly perSecondSpread: Spread;
  /** CPU time of the processes, without that of the server, for each message in microseconds. */
  readonly cpuMicros: number;
  /** In all rounds together. */
  readonly lost: number;
  readonly repeated: number;
  readonly outOfOrder: number;
  /** The median of the rounds. */
  readonly chatsOutOfOrder: number;
  readonly chatsOutOfOrderSpread: Spread;
}

export type CompletedResult = {
  readonly [Work in WorkName]?: { readonly [Team in TeamName]?: CompletedFigures };
};

export interface StoredFigures {
  readonly perSecond: number;
  readonly perSecondSpread: Spread;
  readonly cpuMicros: number;
}

export type StoredResult = { readonly [Team in TeamName]?: StoredFigures };

const HANDLER_MS = 10;
/** One of the middle of a chat, so that some stand before it and some behind. */
const FAILS_ONCE = 1;

const PLANS = {
  instant: { handlerMs: 0 },
  tenMs: { handlerMs: HANDLER_MS },
  failing: { handlerMs: HANDLER_MS, failsOnce: FAILS_ONCE },
} as const satisfies Record<WorkName, Work['plan']>;

type Teams = ReadonlyMap<TeamName, readonly QueueChild[]>;

/** How fast messages are stored, and handled in the order of their chats. */
export async function measureThroughput(
  surroundings: Surroundings,
  servers: QueueServers,
  name: string,
): Promise<{ stored: StoredResult; completed: CompletedResult }> {
  const { children, scale, progress } = surroundings;
  const { rounds, chats, messagesPerChat, works } = scale.inbox;
  progress('inbox: starting processes');
  const teams = await startTeams(surroundings, servers, name);
  progress('inbox: warming up');
  for (const team of teams.values()) {
    await playRound(team, { chats, messagesPerChat: 2, plan: PLANS.instant });
  }
  const measured = new Map<string, QueueRound[]>();
  for (let round = 1; round <= rounds; round += 1) {
    progress(`inbox: round ${round} of ${rounds}`);
    for (const work of works) {
      for (const [team, members] of teams) {
        if (!isMeasured(team, work)) continue;
        const key = `${work} ${team}`;
        const played = await playRound(members, { chats, messagesPerChat, plan: PLANS[work] });
        measured.set(key, [...(measured.get(key) ?? []), played]);
      }
    }
  }
  children.end(...new Set([...teams.values()].flat()));
  if (servers.postgresUrl !== undefined) await dropSchema(servers.postgresUrl, name);
  const roundsOf = (work: WorkName, team: TeamName) => measured.get(`${work} ${team}`);
  return {
    stored: byName(TEAM_NAMES, (team) => {
      const all = WORK_NAMES.flatMap((work) => roundsOf(work, team) ?? []);
      return all.length > 0 ? storedOf(all) : undefined;
    }),
    completed: byName(WORK_NAMES, (work) =>
      byName(TEAM_NAMES, (team) => {
        const all = roundsOf(work, team);
        return all && completedOf(all);
      }),
    ),
  };
}

/** BullMQ is measured where the order matters; several processes where nothing fails. */
function isMeasured(team: TeamName, work: WorkName): boolean {
  if (work === 'failing') return team !== 'postgres2' && team !== 'postgres4';
  return team !== 'bullmq';
}

/** Two processes on PostgreSQL are two of the four. */
async function startTeams(
  { children, scale }: Surroundings,
  { postgresUrl, redisUrl }: QueueServers,
  name: string,
): Promise<Teams> {
  const teams = new Map<TeamName, readonly QueueChild[]>();
  teams.set('pglite', [await startQueue(children, 'inbox', { name })]);
  if (postgresUrl !== undefined) {
    const members: QueueChild[] = [];
    for (const size of scale.inbox.processes) {
      while (members.length < size) {
        members.push(await startQueue(children, 'inbox', { url: postgresUrl, name }));
      }
      teams.set(`postgres${size}`, members.slice());
    }
  }
  if (redisUrl !== undefined) {
    teams.set('bullmq', [await startQueue(children, 'bullmq', { url: redisUrl, name })]);
  }
  return teams;
}

function storedOf(rounds: readonly QueueRound[]): StoredFigures {
  const perSecondSpread = spreadOf(rounds.map(({ storedPerSecond }) => storedPerSecond));
  return {
    perSecond: perSecondSpread.median,
    perSecondSpread,
    cpuMicros: spreadOf(rounds.map(({ storedCpuMicros }) => storedCpuMicros)).median,
  };
}

function completedOf(rounds: readonly QueueRound[]): CompletedFigures {
  const sum = (of: (round: QueueRound) => number) => rounds.reduce((all, one) => all + of(one), 0);
  const perSecondSpread = spreadOf(rounds.map(({ completedPerSecond }) => completedPerSecond));
  const chatsOutOfOrderSpread = spreadOf(rounds.map(({ chatsOutOfOrder }) => chatsOutOfOrder));
  return {
    perSecond: perSecondSpread.median,
    perSecondSpread,
    cpuMicros: spreadOf(rounds.map(({ completedCpuMicros }) => completedCpuMicros)).median,
    lost: sum(({ lost }) => lost),
    repeated: sum(({ repeated }) => repeated),
    outOfOrder: sum(({ outOfOrder }) => outOfOrder),
    chatsOutOfOrder: chatsOutOfOrderSpread.median,
    chatsOutOfOrderSpread,
  };
}

function byName<Name extends string, Value>(
  names: readonly Name[],
  of: (name: Name) => Value | undefined,
): { readonly [Key in Name]?: Value } {
  const entries = names.map((name) => [name, of(name)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as never;
}
