import { SafeLogger } from './safe.logger.js';

const INTERVAL_MS = 60_000;

/** Something that happens, perhaps very often. */
export interface RepeatedEvent {
  /** Events of the same kind share a log line. There must not be many kinds. */
  readonly kind: string;
  readonly level: 'warn' | 'error';
  /** The log line. `more`: how many further events it stands for; this is the last of them. */
  describe(more?: number): string;
}

interface Tally {
  count: number;
  last: RepeatedEvent;
  timer: NodeJS.Timeout;
}

/**
 * Logs what others can cause as often as they like. The first event of each kind is logged at once.
 * After that, one line a minute says how many more there were, so that they do not flood the log.
 */
export class ThrottledLog {
  private readonly logger = new SafeLogger('GreenNotifications');
  private readonly tallies = new Map<string, Tally>();

  add(event: RepeatedEvent): void {
    const tally = this.tallies.get(event.kind);
    if (tally) {
      tally.count += 1;
      tally.last = event;
      return;
    }
    this.logger[event.level](event.describe());
    this.startTally(event);
  }

  /** Logs the events that are counted but not logged yet. */
  flush(): void {
    for (const [kind, { timer, count, last }] of this.tallies) {
      clearTimeout(timer);
      this.tallies.delete(kind);
      if (count > 0) this.logger[last.level](last.describe(count));
    }
  }

  private startTally(event: RepeatedEvent): void {
    const timer = setTimeout(() => this.logMore(event.kind), INTERVAL_MS).unref();
    this.tallies.set(event.kind, { count: 0, last: event, timer });
  }

  private logMore(kind: string): void {
    const tally = this.tallies.get(kind);
    this.tallies.delete(kind);
    if (!tally || tally.count === 0) return;
    this.logger[tally.last.level](tally.last.describe(tally.count));
    this.startTally(tally.last);
  }
}
