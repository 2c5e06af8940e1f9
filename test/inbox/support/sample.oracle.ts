/** A message that GREEN-API issued. */
export interface IssuedText {
  readonly id: string;
  readonly chat: string;
  readonly text: string;
  /** Counts up in the order of issue. */
  readonly place: number;
  readonly state: string;
}

type SampleHandler = 'audit' | 'sleep' | 'echo';

/** A run of a handler of the sample app, as its audit log, its output or GREEN-API tells. */
export interface SampleRun {
  readonly id: string;
  readonly handler: SampleHandler;
  /** Missing where nothing tells. */
  readonly atMs?: number;
}

export interface SampleEvidence {
  /** In the order of issue. */
  readonly issued: readonly IssuedText[];
  readonly runs: readonly SampleRun[];
  /** The messages whose handlers were running when their process was killed, once for each kill. */
  readonly cutShort: readonly string[];
  /** How many handlers that failed the first time succeeded later. */
  readonly secondAttempts: number;
}

/** Each list names what must not be. */
export interface SampleVerdict {
  /** GREEN-API still has it. */
  readonly waiting: readonly string[];
  /** A handler that it was due to did not run. */
  readonly lost: readonly string[];
  /** Handled before something that was issued earlier in its chat. */
  readonly overtaken: readonly string[];
  /** Handled more often than once and once more for each kill that cut it short. */
  readonly repeated: readonly string[];
  /** How many that failed did not succeed afterwards. */
  readonly givenUp: number;
}

export const ALL_WELL: SampleVerdict = {
  waiting: [],
  lost: [],
  overtaken: [],
  repeated: [],
  givenUp: 0,
};

const HANDLERS: readonly SampleHandler[] = ['audit', 'sleep', 'echo'];

/** Compares what GREEN-API issued with what the sample app did; it uses nothing of the product. */
export function judgeSample(evidence: SampleEvidence): SampleVerdict {
  const { issued, runs, cutShort, secondAttempts } = evidence;
  const timesRun = new Map<string, number>();
  for (const { id, handler } of runs) {
    const key = `${handler} ${id}`;
    timesRun.set(key, (timesRun.get(key) ?? 0) + 1);
  }
  const times = ({ id }: IssuedText, handler: SampleHandler) =>
    timesRun.get(`${handler} ${id}`) ?? 0;
  const named = (find: (one: IssuedText, handler: SampleHandler) => boolean) =>
    HANDLERS.flatMap((handler) =>
      issued
        .filter((one) => find(one, handler))
        .map(({ text, place }) => `${handler} of ${place}: ${text}`),
    );
  const excused = (one: IssuedText) => cutShort.filter((id) => id === one.id).length;
  const failing = issued.filter(({ text }) => text.startsWith('fail '));
  return {
    waiting: issued.filter(({ state }) => state !== 'deleted').map(({ text }) => text),
    lost: named((one, handler) => isDue(one, handler) && times(one, handler) === 0),
    overtaken: HANDLERS.flatMap((handler) => overtaken(issued, runs, handler)),
    repeated: named((one, handler) => times(one, handler) > 1 + excused(one)),
    givenUp: Math.max(0, failing.length - secondAttempts),
  };
}

function isDue({ text }: IssuedText, handler: SampleHandler): boolean {
  return handler === 'audit' || text.startsWith(`${handler} `);
}

/** First runs must come in the order of issue, chat by chat. */
function overtaken(
  issued: readonly IssuedText[],
  runs: readonly SampleRun[],
  handler: SampleHandler,
): string[] {
  const firstMs = new Map<string, number>();
  for (const { id, atMs, handler: by } of runs) {
    if (by === handler && atMs !== undefined && !firstMs.has(id)) firstMs.set(id, atMs);
  }
  const latestMs = new Map<string, number>();
  return issued.flatMap(({ id, chat, text, place }) => {
    const atMs = firstMs.get(id);
    if (atMs === undefined) return [];
    const isEarly = atMs < (latestMs.get(chat) ?? -Infinity);
    latestMs.set(chat, Math.max(atMs, latestMs.get(chat) ?? -Infinity));
    return isEarly ? [`${handler} of ${place}: ${text}`] : [];
  });
}
