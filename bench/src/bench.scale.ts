import { CONTESTANT_NAMES, type ContestantName } from './contestants/contestants.js';
import type { WorkName } from './inbox/handler.plans.js';
import { SERVER_NAMES, type ServerName } from './servers/servers.js';

/** What the bench measures, by the name that `--only` takes. */
export const SECTION_NAMES = [
  'polling',
  'webhook',
  'idle',
  'memory',
  'startup',
  'latency',
  'failures',
  'inbox',
] as const;

export type SectionName = (typeof SECTION_NAMES)[number];

/** How much is measured. */
export interface Scale {
  readonly isQuick: boolean;
  /** What is measured unless the user chooses. */
  readonly sections: readonly SectionName[];
  readonly polling: PollingScale;
  readonly webhook: {
    readonly servers: readonly ServerName[];
    readonly alsoAtGreenApiSpeed: boolean;
    readonly rounds: number;
    readonly warmUpMs: number;
    readonly forMs: number;
  };
  readonly idle: {
    readonly instances: readonly number[];
    /** Whether a bare undici loop is measured, too. */
    readonly besideBare: boolean;
    /** How long CPU time is measured. */
    readonly forMs: number;
  };
  readonly memory: {
    readonly instances: number;
    /** How many notifications the library remembers, to recognise them. Undefined: its default. */
    readonly rememberedEntries: number | undefined;
    /** Before the measurement, so that what is remembered has reached its limit. */
    readonly warmUp: number;
    readonly notifications: number;
    readonly samples: number;
  };
  readonly startup: { readonly rounds: number };
  readonly latency: { readonly notifications: number; readonly meanPauseMs: number };
  readonly failures: { readonly forMs: number };
  readonly inbox: InboxScale;
}

export interface InboxScale {
  readonly chats: number;
  readonly messagesPerChat: number;
  readonly rounds: number;
  readonly works: readonly WorkName[];
  /** How many processes share an inbox on PostgreSQL. */
  readonly processes: readonly (1 | 2 | 4)[];
  readonly latency: {
    readonly rounds: number;
    readonly notifications: number;
    readonly meanPauseMs: number;
  };
  readonly takeovers: number;
}

export interface PollingScale {
  readonly setups: readonly PollingSetup[];
}

export interface PollingSetup {
  /** The key in the JSON. */
  readonly name: 'rtt0' | 'rtt0OneInstance' | 'rtt20' | 'rtt80';
  readonly instances: number;
  readonly roundTripMs: number;
  readonly contestants: readonly ContestantName[];
  readonly warmUpMs: number;
  readonly rounds: number;
  readonly forMs: number;
  /**
   * How many contestants are measured at the same time. At a long round trip they wait nearly all
   * the time, so a few of them do not disturb each other, and meet the same noise.
   */
  readonly atOnce: number;
}

const FULL: Scale = {
  isQuick: false,
  sections: SECTION_NAMES,
  polling: {
    setups: [
      setup('rtt0', { instances: 40, warmUpMs: 5000, rounds: 5, forMs: 1500 }),
      setup('rtt0OneInstance', { warmUpMs: 1500, rounds: 5, forMs: 800 }),
      setup('rtt20', { roundTripMs: 20, atOnce: 3, rounds: 5, forMs: 2500 }),
      setup('rtt80', { roundTripMs: 80, atOnce: 3, rounds: 5, forMs: 3000 }),
    ],
  },
  webhook: {
    servers: SERVER_NAMES,
    alsoAtGreenApiSpeed: true,
    rounds: 5,
    warmUpMs: 4000,
    forMs: 1200,
  },
  idle: { instances: [1000, 10_000], besideBare: true, forMs: 15_000 },
  memory: {
    instances: 400,
    rememberedEntries: undefined,
    warmUp: 120_000,
    notifications: 1_000_000,
    samples: 20,
  },
  startup: { rounds: 7 },
  latency: { notifications: 200, meanPauseMs: 25 },
  failures: { forMs: 15_000 },
  inbox: {
    chats: 1000,
    messagesPerChat: 10,
    rounds: 5,
    works: ['instant', 'tenMs', 'failing'],
    processes: [1, 2, 4],
    latency: { rounds: 4, notifications: 400, meanPauseMs: 25 },
    takeovers: 5,
  },
};

const QUICK: Scale = {
  isQuick: true,
  sections: ['polling', 'webhook', 'idle', 'memory', 'inbox'],
  polling: {
    setups: [
      setup('rtt0', {
        instances: 40,
        contestants: ['ours', 'bareUndiciPaced'],
        warmUpMs: 2000,
        rounds: 3,
        forMs: 500,
      }),
      setup('rtt20', {
        roundTripMs: 20,
        atOnce: 3,
        rounds: 3,
        forMs: 1000,
        contestants: ['ours', 'bareUndici'],
      }),
    ],
  },
  webhook: {
    servers: SERVER_NAMES.filter((name) => name !== 'bareHttp'),
    alsoAtGreenApiSpeed: false,
    rounds: 3,
    warmUpMs: 1200,
    forMs: 350,
  },
  idle: { instances: [10_000], besideBare: false, forMs: 5000 },
  memory: {
    instances: 100,
    rememberedEntries: 2000,
    warmUp: 3000,
    notifications: 5000,
    samples: 1,
  },
  startup: { rounds: 2 },
  latency: { notifications: 60, meanPauseMs: 25 },
  failures: { forMs: 10_000 },
  inbox: {
    chats: 1000,
    messagesPerChat: 3,
    rounds: 1,
    works: ['tenMs', 'failing'],
    processes: [1, 2],
    latency: { rounds: 1, notifications: 40, meanPauseMs: 25 },
    takeovers: 1,
  },
};

export function scaleOf(isQuick: boolean): Scale {
  return isQuick ? QUICK : FULL;
}

function setup(name: PollingSetup['name'], given: Partial<PollingSetup>): PollingSetup {
  return {
    name,
    instances: 1,
    roundTripMs: 0,
    contestants: CONTESTANT_NAMES,
    warmUpMs: 600,
    rounds: 5,
    forMs: 1000,
    atOnce: 1,
    ...given,
  };
}
