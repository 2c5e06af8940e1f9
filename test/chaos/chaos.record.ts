import {
  type Notification,
  type NotificationContext,
  notificationKey,
} from '@green-notifications/nestjs';

import type { WitnessedRun } from '../faults/support/delivery.oracle.js';

export interface ChaosRun extends WitnessedRun {
  /** Which start of the application it belongs to: what a process remembers ends with it. */
  readonly generation: number;
  succeeded: boolean;
}

/** Every run of every handler, over all starts of the application. */
export class ChaosRecord {
  readonly runs: ChaosRun[] = [];
  generation = 0;

  begin(notification: Notification, { instance }: NotificationContext): ChaosRun {
    const run: ChaosRun = {
      key: notificationKey(notification),
      idInstance: instance.idInstance,
      generation: this.generation,
      succeeded: false,
    };
    this.runs.push(run);
    return run;
  }

  /** Handled again after a restart, which forgets what was handled but not yet acknowledged. */
  get repeatedAfterRestart(): number {
    const inAll = countSuccesses(this.runs, ({ key }) => key);
    return inAll.filter((count) => count > 1).length - this.repeatedInProcess;
  }

  get repeatedInProcess(): number {
    const inOne = countSuccesses(this.runs, ({ generation, key }) => `${generation} ${key}`);
    return inOne.filter((count) => count > 1).length;
  }
}

function countSuccesses(runs: readonly ChaosRun[], by: (run: ChaosRun) => string): number[] {
  const counts = new Map<string, number>();
  for (const run of runs) {
    if (run.succeeded) counts.set(by(run), (counts.get(by(run)) ?? 0) + 1);
  }
  return [...counts.values()];
}
