import type { PollingSetup } from '../bench.scale.js';
import type { ContestantName } from '../contestants/contestants.js';
import { ratiosOf, type Spread, spreadOf } from '../statistics.js';
import { inTurns, WARMED_UP_AT_ONCE } from './in-turns.js';
import { PolledContestant, type Round, startGateway } from './polled.contestant.js';
import type { Surroundings } from './section.js';

export interface PollingFigures {
  /** Handled and deleted notifications a second, all instances together: the median of the rounds. */
  readonly perSecond: number;
  readonly perSecondSpread: Spread;
  /** CPU time of the contestant's process for each notification, in microseconds: the median. */
  readonly cpuMicros: number;
  readonly cpuMicrosSpread: Spread;
  readonly notifications: number;
  /** Deleted without having been handled. */
  readonly neverHandled: number;
  /** Handed out more than once. */
  readonly repeated: number;
  /** Requests that GREEN-API would have refused with 429. */
  readonly overLimit: number;
}

export type PollingSetupResult = {
  readonly instances: number;
  readonly roundTripMs: number;
  /** Our rate, divided by that of a loop whose GET and DELETE each cost a round trip. */
  readonly shareOfTwoRoundTripLimit?: number;
  /** Our CPU time for each notification, divided by that of `bareUndiciPaced` in the same round. */
  readonly cpuRatioToBareUndici?: number;
  readonly cpuRatioToBareUndiciSpread?: Spread;
} & { readonly [Name in ContestantName]?: PollingFigures };

export type PollingResult = { readonly [Name in PollingSetup['name']]?: PollingSetupResult };

/** How fast each contestant receives, and with how much CPU time. */
export async function measurePolling(surroundings: Surroundings): Promise<PollingResult> {
  const result: Record<string, PollingSetupResult> = {};
  for (const setup of surroundings.scale.polling.setups) {
    result[setup.name] = await measureSetup(setup, surroundings);
  }
  return result;
}

async function measureSetup(
  setup: PollingSetup,
  { children, progress }: Surroundings,
): Promise<PollingSetupResult> {
  const { instances, roundTripMs, warmUpMs, rounds, forMs, atOnce } = setup;
  const title = `polling, ${instances} instance(s) at ${roundTripMs} ms`;
  progress(`${title}: starting ${setup.contestants.length} contestants`);
  const gateway = await startGateway(children);
  const contestants = await Promise.all(
    setup.contestants.map((name) =>
      PolledContestant.start(children, gateway, name, { instances, roundTripMs }),
    ),
  );
  const measured = new Map<ContestantName, Round[]>(contestants.map(({ name }) => [name, []]));
  progress(`${title}: warming up`);
  await inTurns(contestants, Math.max(atOnce, WARMED_UP_AT_ONCE), (contestant) =>
    contestant.round(warmUpMs),
  );
  for (let round = 1; round <= rounds; round += 1) {
    progress(`${title}: round ${round} of ${rounds}`);
    await inTurns(contestants, atOnce, async (contestant) => {
      measured.get(contestant.name)!.push(await contestant.round(forMs));
    });
  }
  children.end(gateway, ...contestants.map(({ child }) => child));
  return { instances, roundTripMs, ...comparisonOf(measured, setup), ...figuresOf(measured) };
}

function comparisonOf(measured: ReadonlyMap<ContestantName, Round[]>, setup: PollingSetup) {
  const ours = measured.get('ours')!;
  if (setup.roundTripMs > 0) {
    const perSecond = spreadOf(ours.map((round) => round.perSecond)).median;
    return { shareOfTwoRoundTripLimit: perSecond / (1000 / (2 * setup.roundTripMs)) };
  }
  const cpuOf = (rounds: readonly Round[]) => rounds.map(({ cpuMicrosEach }) => cpuMicrosEach);
  const ratio = ratiosOf(cpuOf(ours), cpuOf(measured.get('bareUndiciPaced')!));
  return { cpuRatioToBareUndici: ratio.median, cpuRatioToBareUndiciSpread: ratio };
}

function figuresOf(measured: ReadonlyMap<ContestantName, Round[]>) {
  return Object.fromEntries(
    [...measured].map(([name, rounds]) => {
      const sum = (of: (round: Round) => number) => rounds.reduce((all, one) => all + of(one), 0);
      const perSecondSpread = spreadOf(rounds.map(({ perSecond }) => perSecond));
      const cpuMicrosSpread = spreadOf(rounds.map(({ cpuMicrosEach }) => cpuMicrosEach));
      const figures: PollingFigures = {
        perSecond: perSecondSpread.median,
        perSecondSpread,
        cpuMicros: cpuMicrosSpread.median,
        cpuMicrosSpread,
        notifications: sum(({ deleted }) => deleted),
        neverHandled: sum(({ deleted, handled }) => deleted - handled),
        repeated: sum(({ repeated }) => repeated),
        overLimit: sum(({ overLimit }) => overLimit),
      };
      return [name, figures];
    }),
  );
}
