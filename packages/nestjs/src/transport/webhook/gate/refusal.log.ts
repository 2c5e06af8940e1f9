import { type RepeatedEvent, ThrottledLog } from '../../../common/throttled.log.js';

export interface LoggedRefusal extends RepeatedEvent {
  /** What is counted together. */
  readonly reason: string;
}

/** Logs and counts why POSTs are refused. */
export class RefusalLog {
  private readonly log = new ThrottledLog();
  private readonly counted = new Map<string, number>();

  /** How many there were so far, by reason. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.counted);
  }

  add(refusal: LoggedRefusal): void {
    this.counted.set(refusal.reason, (this.counted.get(refusal.reason) ?? 0) + 1);
    this.log.add(refusal);
  }

  /** Logs the refusals that are counted but not logged yet. */
  flush(): void {
    this.log.flush();
  }
}
