import type { WitnessedRun } from '../faults/support/evidence.js';
import { identityOf } from '../faults/support/mark.js';

interface ChaosRun extends WitnessedRun {
  succeeded: boolean;
}

/** Every run of every handler, over all starts of the application. */
export class ChaosRecord {
  readonly runs: ChaosRun[] = [];
  /** Counts the starts of the application: what a process remembers ends with it. */
  process = 0;
  private readonly failures = new Set<string>();

  async witness(
    handler: string,
    body: unknown,
    idInstance: string,
    work: () => Promise<void>,
  ): Promise<void> {
    const identity = identityOf(body);
    const run: ChaosRun = {
      identity,
      idInstance,
      handler,
      process: this.process,
      succeeded: false,
    };
    this.runs.push(run);
    try {
      await work();
      run.succeeded = true;
    } catch (error) {
      this.failures.add(`${run.process} ${handler} ${identity}`);
      throw error;
    }
  }

  /** Whether the handler has failed at it since the application was started. */
  hasFailed(handler: string, body: unknown): boolean {
    return this.failures.has(`${this.process} ${handler} ${identityOf(body)}`);
  }

  /** Handled again after a restart, which forgets what was handled but not yet acknowledged. */
  get repeatedAfterRestart(): number {
    const processes = new Map<string, Set<number>>();
    for (const { identity, idInstance, handler, process, succeeded } of this.runs) {
      if (!succeeded || !identity.startsWith('#')) continue;
      const key = `${identity} ${idInstance} ${handler}`;
      processes.set(key, (processes.get(key) ?? new Set()).add(process));
    }
    return [...processes.values()].filter(({ size }) => size > 1).length;
  }
}
