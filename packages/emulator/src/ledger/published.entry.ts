import type { NotificationObject } from '../notification/notification.types.js';
import { Deferred } from '../support/deferred.js';

/** One time a notification was given to a consumer. */
export interface HandOut {
  readonly transport: 'polling' | 'webhook';
  readonly atMs: number;
  /** The receipt it was handed out with; polling only. */
  readonly receiptId?: number;
  /** What the receiver answered; webhook only, absent until and unless it answers. */
  status?: number;
  /** Why no answer came; webhook only. */
  failure?: 'timeout' | 'hung-up' | 'connection' | 'closed';
}

/** How a notification left the queue: by a consumer, by age, or by `clearWebhooksQueue`. */
export type Departure = 'deleted' | 'expired' | 'cleared';

/** One published notification and everything that became of it. */
export class PublishedEntry {
  private readonly firstHandOut = new Deferred<HandOut>();
  private readonly deletion = new Deferred<void>();
  private readonly leaving = new Deferred<Departure>();
  private readonly allHandOuts: HandOut[] = [];
  private leftAs: Departure | undefined;
  private leftAt: number | undefined;

  /**
   * @param sequence position among the notifications of its instance, from 1
   * @param raw the body as it goes over the wire
   * @param copyOf the entry that a duplicate-delivery fault repeated
   */
  constructor(
    readonly idInstance: string,
    readonly sequence: number,
    readonly raw: string,
    readonly issuedAtMs: number,
    readonly copyOf?: PublishedEntry,
  ) {}

  /** The parsed body; undefined if what was published is not a JSON object. */
  get notification(): NotificationObject | undefined {
    try {
      const value: unknown = JSON.parse(this.raw);
      return typeof value === 'object' && value !== null
        ? (value as NotificationObject)
        : undefined;
    } catch {
      return undefined;
    }
  }

  /** Every time it was given to a consumer, oldest first. */
  get handOuts(): readonly HandOut[] {
    return this.allHandOuts;
  }

  /** Where it is now. */
  get state(): 'queued' | Departure {
    return this.leftAs ?? 'queued';
  }

  /** When it left the queue, in epoch milliseconds; undefined while queued. */
  get leftAtMs(): number | undefined {
    return this.leftAt;
  }

  /** Resolves with the first hand-out. */
  get handedOut(): Promise<HandOut> {
    return this.firstHandOut.promise;
  }

  /** Resolves when a consumer acknowledged it: by `deleteNotification`, or by answering 200. */
  get deleted(): Promise<void> {
    return this.deletion.promise;
  }

  /** Resolves when it left the queue, whichever way. */
  get settled(): Promise<Departure> {
    return this.leaving.promise;
  }

  /** @internal */
  recordHandOut(handOut: HandOut): void {
    this.allHandOuts.push(handOut);
    this.firstHandOut.resolve(handOut);
  }

  /** @internal */
  recordDeparture(as: Departure, atMs: number): void {
    if (this.leftAs) return;
    this.leftAs = as;
    this.leftAt = atMs;
    this.leaving.resolve(as);
    if (as === 'deleted') this.deletion.resolve();
  }
}
