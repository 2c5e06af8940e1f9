import {
  type Evidence,
  type ExpectedHandler,
  ONLY_HANDLER,
  type WitnessedLetter,
  type WitnessedRun,
} from './evidence.js';
import {
  acknowledgedTimes,
  isDropped,
  type IssuedNotification,
  issuedNotifications,
} from './issued.notification.js';

/** What became of the notifications that were issued; each list names what must not be. */
export interface Verdict {
  /** Acknowledged, but a handler that it was due to neither handled it nor has it as a dead letter. */
  readonly lost: readonly string[];
  /** Neither acknowledged nor dropped by GREEN-API: still to come. */
  readonly waiting: readonly string[];
  /** Handled before something that was issued earlier for the same chat. */
  readonly overtaken: readonly string[];
  /** Handled with success more than once in one process, though it has an id of its own. */
  readonly repeated: readonly string[];
  /** Dropped by GREEN-API, and run more often than it was handed out: from a body that was held. */
  readonly stale: readonly string[];
}

/** The verdict that every scenario hopes for. */
export const NOTHING_LOST: Verdict = {
  lost: [],
  waiting: [],
  overtaken: [],
  repeated: [],
  stale: [],
};

/**
 * Compares what GREEN-API issued with what the application made of it. It asks the emulator's ledger
 * and what the test's own handlers wrote down, and no function of the product: an identity that is
 * too coarse would not see its own mistakes.
 */
export function judge(evidence: Evidence): Verdict {
  const { issued, runs, letters = [], handlers = [ONLY_HANDLER] } = evidence;
  const notifications = issuedNotifications(issued);
  const witnesses = new Witnesses(runs, letters);
  const ofEach = (find: (one: IssuedNotification, handler: ExpectedHandler) => boolean | string) =>
    notifications.flatMap((one) =>
      handlers
        .filter(({ isDue }) => isDue(one.mark))
        .map((handler) => ({ name: handler.name, found: find(one, handler) }))
        .filter(({ found }) => found)
        .map(({ name, found }) => `${one.name} by ${name}${found === true ? '' : found}`),
    );
  return {
    lost: ofEach((one, handler) => {
      const wanted = acknowledgedTimes(one);
      const done = witnesses.successes(one, handler).length + witnesses.letters(one, handler);
      return done < wanted && (wanted === 1 || `: ${done} of ${wanted}`);
    }),
    waiting: notifications.flatMap(({ name, entries }) =>
      entries.filter(({ state }) => state === 'queued').map(() => name),
    ),
    overtaken: handlers.flatMap((handler) => overtaken(notifications, witnesses, handler)),
    repeated: ofEach(
      (one, handler) =>
        one.mark !== undefined &&
        one.mark.mayRepeat !== true &&
        hasTwice(witnesses.successes(one, handler).map((run) => run.process)),
    ),
    stale: ofEach(
      (one, handler) =>
        isDropped(one) &&
        witnesses.runs(one, handler).length >
          one.entries.reduce((sum, { handOuts }) => sum + handOuts.length, 0),
    ),
  };
}

/** First deliveries must come in the order of issue, chat by chat. */
function overtaken(
  notifications: readonly IssuedNotification[],
  witnesses: Witnesses,
  handler: ExpectedHandler,
): string[] {
  const latest = new Map<string, number>();
  const firstRuns = notifications
    .flatMap((one, issuedAt) => {
      const firstRunAt = witnesses.runs(one, handler)[0]?.at;
      return one.mark && firstRunAt !== undefined
        ? [{ name: one.name, lane: `${one.idInstance} ${one.mark.lane}`, issuedAt, firstRunAt }]
        : [];
    })
    .toSorted((one, other) => one.firstRunAt - other.firstRunAt);
  return firstRuns.flatMap(({ name, lane, issuedAt }) => {
    const isLate = issuedAt < (latest.get(lane) ?? -1);
    if (!isLate) latest.set(lane, issuedAt);
    return isLate ? [`${name} by ${handler.name}`] : [];
  });
}

type RunInOrder = WitnessedRun & { readonly at: number };

/** Who saw what, found by what it is called. */
class Witnesses {
  private readonly runsOf = new Map<string, RunInOrder[]>();
  private readonly lettersOf = new Map<string, WitnessedLetter[]>();

  constructor(runs: readonly WitnessedRun[], letters: readonly WitnessedLetter[]) {
    for (const [at, run] of runs.entries()) add(this.runsOf, run.identity, { ...run, at });
    for (const letter of letters) add(this.lettersOf, letter.identity, letter);
  }

  runs({ identity, idInstance }: IssuedNotification, handler: ExpectedHandler): RunInOrder[] {
    return (this.runsOf.get(identity) ?? []).filter(
      (run) => run.idInstance === idInstance && run.handler === handler.name,
    );
  }

  successes(one: IssuedNotification, handler: ExpectedHandler): RunInOrder[] {
    return this.runs(one, handler).filter(({ succeeded }) => succeeded);
  }

  letters({ identity, idInstance }: IssuedNotification, { name }: ExpectedHandler): number {
    return (this.lettersOf.get(identity) ?? []).filter(
      (letter) =>
        (letter.idInstance ?? idInstance) === idInstance && (letter.handler ?? name) === name,
    ).length;
  }
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

function hasTwice(values: readonly number[]): boolean {
  return new Set(values).size < values.length;
}
