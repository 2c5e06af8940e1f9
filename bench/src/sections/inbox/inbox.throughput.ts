import { PLANS, WORK_NAMES, type WorkName } from '../../inbox/handler.plans.js';
import { type Spread, spreadOf } from '../../statistics.js';
import type { Surroundings } from '../section.js';
import { dropSchema, type QueueServers } from './queue.servers.js';
import { playRound, type QueueChild, type QueueRound, startQueue } from './queue.team.js';

/** Who works, by the key in the JSON: the inbox on PGlite or on PostgreSQL, or BullMQ. */
export const TEAM_NAMES = ['pglite', 'postgres1', 'postgres2', 'postgres4', 'bullmq'] as const;

export type TeamName = (typeof TEAM_NAMES)[number];

export interface CompletedFigures {
  readonly perSecond: number;
  readonly perSecondSpread: Spread;
  /** CPU time of the processes, without that of the server, for each message in microseconds. */
  readonly cpuMicros: number;
  /** In all rounds together. */
  readonly lost: number;
  readonly repeated: number;
  readonly outOfOrder: number;
  /** In the worst round. */
  readonly chatsOutOfOrder: number;
}

export type CompletedResult = {
  readonly [Name in WorkName]?: { readonly [Team in TeamName]?: CompletedFigures };
};

export interface StoredFigures {
  readonly perSecond: number;
  readonly perSecondSpread: Spread;
  readonly cpuMicros: number;
}

export type StoredResult = { readonly [Team in TeamName]?: StoredFigures };

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
    completed: byName(works, (work) =>
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

async function startTeams(
  { children, scale }: Surroundings,
  { postgresUrl: url, redisUrl }: QueueServers,
  name: string,
): Promise<Teams> {
  const { processes } = scale.inbox;
  const [pglite, postgres, bullmq] = await Promise.all([
    startQueue(children, 'inbox', { name }),
    url === undefined ? [] : startMembers(children, { url, name }, Math.max(...processes)),
    redisUrl === undefined ? undefined : startQueue(children, 'bullmq', { url: redisUrl, name }),
  ]);
  const teams = new Map<TeamName, readonly QueueChild[]>([['pglite', [pglite]]]);
  if (postgres.length > 0) {
    for (const size of processes) teams.set(`postgres${size}`, postgres.slice(0, size));
  }
  if (bullmq) teams.set('bullmq', [bullmq]);
  return teams;
}

/** One after the other: the first one creates the tables. Two of them are two of the four. */
async function startMembers(
  children: Surroundings['children'],
  options: { readonly url: string; readonly name: string },
  size: number,
): Promise<readonly QueueChild[]> {
  const members: QueueChild[] = [];
  while (members.length < size) members.push(await startQueue(children, 'inbox', options));
  return members;
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
  return {
    perSecond: perSecondSpread.median,
    perSecondSpread,
    cpuMicros: spreadOf(rounds.map(({ completedCpuMicros }) => completedCpuMicros)).median,
    lost: sum(({ lost }) => lost),
    repeated: sum(({ repeated }) => repeated),
    outOfOrder: sum(({ outOfOrder }) => outOfOrder),
    chatsOutOfOrder: Math.max(...rounds.map(({ chatsOutOfOrder }) => chatsOutOfOrder)),
  };
}

function byName<Name extends string, Value>(
  names: readonly Name[],
  of: (name: Name) => Value | undefined,
): { readonly [Key in Name]?: Value } {
  const entries = names.map((name) => [name, of(name)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as never;
}
