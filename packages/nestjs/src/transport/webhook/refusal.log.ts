import { SafeLogger } from '../../common/safe.logger.js';

const INTERVAL_MS = 60_000;

export interface LoggedRefusal {
  /** Those of one kind share a line. */
  readonly kind: string;
  readonly level: 'warn' | 'error';
  /** The line about this one or, with a number, about that many more, of which this is the last. */
  describe(more?: number): string;
}

interface Tally {
  count: number;
  last: LoggedRefusal;
  timer: NodeJS.Timeout;
}

/**
 * Says why POSTs are refused: the first of a kind at once, and then once a minute how many more
 * there were, so that a flood of them does not become a flood in the log.
 */
export class RefusalLog {
  private readonly logger = new SafeLogger('GreenNotifications');
  private readonly tallies = new Map<string, Tally>();

  constructor(private readonly intervalMs = INTERVAL_MS) {}

  add(refusal: LoggedRefusal): void {
    const tally = this.tallies.get(refusal.kind);
    if (tally) {
      tally.count += 1;
      tally.last = refusal;
      return;
    }
    this.logger[refusal.level](refusal.describe());
    this.open(refusal);
  }

  /** Says what is not said yet. */
  flush(): void {
    for (const [kind, { timer, count, last }] of this.tallies) {
      clearTimeout(timer);
      this.tallies.delete(kind);
      if (count > 0) this.logger[last.level](last.describe(count));
    }
  }

  private open(refusal: LoggedRefusal): void {
    const timer = setTimeout(() => this.endOf(refusal.kind), this.intervalMs).unref();
    this.tallies.set(refusal.kind, { count: 0, last: refusal, timer });
  }

  private endOf(kind: string): void {
    const tally = this.tallies.get(kind);
    this.tallies.delete(kind);
    if (!tally || tally.count === 0) return;
    this.logger[tally.last.level](tally.last.describe(tally.count));
    this.open(tally.last);
  }
}
