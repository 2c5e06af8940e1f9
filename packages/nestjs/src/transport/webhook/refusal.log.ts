import { SteadyLogger } from '../../common/steady.logger.js';
import type { Refusal, RefusalReason } from './refusal.js';
import { REFUSED, REFUSED_SINCE } from './webhook.messages.js';

const INTERVAL_MS = 60_000;

interface Tally {
  count: number;
  last: Refusal;
  timer: NodeJS.Timeout;
}

/**
 * Says why POSTs are refused: the first of a kind at once, and then once a minute how many more
 * there were, so that a flood of them does not become a flood in the log.
 */
export class RefusalLog {
  private readonly logger = new SteadyLogger('GreenNotifications');
  private readonly tallies = new Map<RefusalReason, Tally>();

  constructor(private readonly intervalMs = INTERVAL_MS) {}

  add(refusal: Refusal): void {
    const tally = this.tallies.get(refusal.reason);
    if (tally) {
      tally.count += 1;
      tally.last = refusal;
      return;
    }
    this.logger.warn(REFUSED(refusal));
    this.open(refusal);
  }

  /** Says what is not said yet. */
  flush(): void {
    for (const [reason, { timer, count, last }] of this.tallies) {
      clearTimeout(timer);
      this.tallies.delete(reason);
      if (count > 0) this.logger.warn(REFUSED_SINCE(last, count));
    }
  }

  private open(refusal: Refusal): void {
    const timer = setTimeout(() => this.endOf(refusal.reason), this.intervalMs).unref();
    this.tallies.set(refusal.reason, { count: 0, last: refusal, timer });
  }

  private endOf(reason: RefusalReason): void {
    const tally = this.tallies.get(reason);
    this.tallies.delete(reason);
    if (!tally || tally.count === 0) return;
    this.logger.warn(REFUSED_SINCE(tally.last, tally.count));
    this.open(tally.last);
  }
}
