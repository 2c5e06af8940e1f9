import { SafeLogger } from '../../../common/safe.logger.js';

const INTERVAL_MS = 60_000;

export interface LoggedRefusal {
  /** Refusals of the same kind share a log line. */
  readonly kind: string;
  /** What is counted together. */
  readonly reason: string;
  readonly level: 'warn' | 'error';
  /** The log line. `more`: how many further refusals it stands for; this is the last of them. */
  describe(more?: number): string;
}

interface Tally {
  count: number;
  last: LoggedRefusal;
  timer: NodeJS.Timeout;
}

/**
 * Logs why POSTs are refused. The first refusal of each kind is logged at once. After that, one
 * line a minute says how many more there were, so that many requests do not flood the log.
 */
export class RefusalLog {
  private readonly logger = new SafeLogger('GreenNotifications');
  private readonly tallies = new Map<string, Tally>();
  private readonly counted = new Map<string, number>();

  constructor(private readonly intervalMs = INTERVAL_MS) {}

  /** How many there were so far, by reason. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.counted);
  }

  add(refusal: LoggedRefusal): void {
    this.counted.set(refusal.reason, (this.counted.get(refusal.reason) ?? 0) + 1);
    const tally = this.tallies.get(refusal.kind);
    if (tally) {
      tally.count += 1;
      tally.last = refusal;
      return;
    }
    this.logger[refusal.level](refusal.describe());
    this.startTally(refusal);
  }

  /** Logs the refusals that are counted but not logged yet. */
  flush(): void {
    for (const [kind, { timer, count, last }] of this.tallies) {
      clearTimeout(timer);
      this.tallies.delete(kind);
      if (count > 0) this.logger[last.level](last.describe(count));
    }
  }

  private startTally(refusal: LoggedRefusal): void {
    const timer = setTimeout(() => this.logMore(refusal.kind), this.intervalMs).unref();
    this.tallies.set(refusal.kind, { count: 0, last: refusal, timer });
  }

  private logMore(kind: string): void {
    const tally = this.tallies.get(kind);
    this.tallies.delete(kind);
    if (!tally || tally.count === 0) return;
    this.logger[tally.last.level](tally.last.describe(tally.count));
    this.startTally(tally.last);
  }
}
