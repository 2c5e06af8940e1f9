import type { KillableApp } from '../../faults/support/killable.app.js';
import type { KillableScene } from './killable.scene.js';

/** A process that could not complete what it was running. */
export interface Stopped extends Pick<KillableApp, 'pid'> {
  /** How many lines had been written by then. Default: all. */
  readonly linesUntilThen?: number;
}

/**
 * Runs that were not necessary. A process that was killed, or cut off, may leave one for each chat:
 * the one that was running, or had just ended.
 */
export function unexplained(scene: KillableScene, stopped: readonly Stopped[]): readonly string[] {
  const begun = scene.runs.flatMap((run, line) => (run.succeeded ? [] : [{ ...run, line }]));
  const laneOf = new Map(
    scene.instance.ledger.entries.map(({ raw }) => {
      const { mark } = JSON.parse(raw) as { mark: { seq: number; lane: string } };
      return [`#${mark.seq}`, mark.lane];
    }),
  );
  const excused = new Set<number>();
  for (const { pid, linesUntilThen = Infinity } of stopped) {
    const ofIt = begun.filter(({ process, line }) => process === pid && line < linesUntilThen);
    const lastOfLane = new Map(ofIt.map(({ identity, line }) => [laneOf.get(identity), line]));
    for (const line of lastOfLane.values()) excused.add(line);
  }
  const counted = begun.filter(({ line }) => !excused.has(line));
  return [...laneOf.keys()].filter((identity) => {
    const runs = counted.filter((run) => run.identity === identity);
    return runs.length > (runs[0]?.text.endsWith('fail once') ? 2 : 1);
  });
}
