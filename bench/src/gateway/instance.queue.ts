import { type Traffic, writeNotification } from './notification.writer.js';
import { RateWatch } from './rate.watch.js';

interface Queued {
  readonly receiptId: number;
  readonly body: string;
  givenOut: number;
}

/** What happened to one notification, as the gateway saw it. */
export interface LedgerEntry {
  readonly sequence: number;
  readonly givenOut: number;
  readonly isDeleted: boolean;
}

/**
 * The queue of one instance. Its head is handed out again and again until it is deleted. While
 * `isFed`, the queue never runs empty: the next notification is written when it is needed.
 */
export class InstanceQueue {
  readonly receives = new RateWatch();
  readonly deletes = new RateWatch();
  deleted = 0;
  /** Handed out more than once. */
  repeated = 0;
  /** Calls that wait for a notification. */
  private waiting: (() => void)[] = [];
  private readonly queued: Queued[] = [];
  private readonly settled: LedgerEntry[] = [];
  private sequence = 0;
  private isFed = false;

  constructor(
    readonly idInstance: number,
    private readonly traffic: Traffic,
    private readonly keepsLedger: boolean,
  ) {}

  get isPolled(): boolean {
    return this.waiting.length > 0;
  }

  get length(): number {
    return this.queued.length;
  }

  get ledger(): readonly LedgerEntry[] {
    const open = this.queued.map(({ receiptId, givenOut }) => ({
      sequence: receiptId,
      givenOut,
      isDeleted: false,
    }));
    return [...this.settled, ...open];
  }

  feed(isFed: boolean): void {
    this.isFed = isFed;
    if (isFed) this.wake();
  }

  /** Adds a notification to the end. */
  add(): void {
    this.write();
    this.wake();
  }

  /** The answer to receiveNotification, or undefined if the queue is empty. */
  head(): string | undefined {
    if (this.queued.length === 0 && this.isFed) this.write();
    const [head] = this.queued;
    if (!head) return undefined;
    head.givenOut += 1;
    if (head.givenOut > 1) this.repeated += 1;
    return `{"receiptId":${head.receiptId},"body":${head.body}}`;
  }

  delete(receiptId: number): boolean {
    if (this.queued[0]?.receiptId !== receiptId) return false;
    const { givenOut } = this.queued.shift()!;
    this.deleted += 1;
    if (this.keepsLedger) this.settled.push({ sequence: receiptId, givenOut, isDeleted: true });
    return true;
  }

  /** Calls `onArrival` when a notification is there. Returns what takes the call back. */
  wait(onArrival: () => void): () => void {
    this.waiting.push(onArrival);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== onArrival);
    };
  }

  private write(): void {
    this.sequence += 1;
    const body = writeNotification(this.idInstance, this.sequence, this.traffic);
    this.queued.push({ receiptId: this.sequence, body, givenOut: 0 });
  }

  private wake(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const onArrival of waiting) onArrival();
  }
}
