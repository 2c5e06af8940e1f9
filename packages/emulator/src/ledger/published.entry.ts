import type { NotificationObject } from '../notification/notification.types.js';
import { Deferred } from '../support/deferred.js';

/** One delivery of a notification to a consumer. */
export interface HandOut {
  readonly transport: 'polling' | 'webhook';
  readonly atMs: number;
  /** The `receiptId` of this delivery; polling only. */
  readonly receiptId?: number;
  /** The status that the receiver answered; webhook only, absent without an answer. */
  status?: number;
  /**
   * Why there was no answer; webhook only. `not-allowed`: nothing was sent, because the option
   * `allowedWebhookHosts` does not allow the host of the URL.
   */
  failure?: 'timeout' | 'hung-up' | 'connection' | 'closed' | 'not-allowed';
}

/**
 * How a notification left the queue: deleted by a consumer, too old, or by `clearWebhooksQueue`.
 */
export type Departure = 'deleted' | 'expired' | 'cleared';

/** One published notification and what happened to it. */
export class PublishedEntry {
  private readonly firstHandOut = new Deferred<HandOut>();
  private readonly deletion = new Deferred<void>();
  private readonly leaving = new Deferred<Departure>();
  private readonly allHandOuts: HandOut[] = [];
  private leftAs: Departure | undefined;
  private leftAt: number | undefined;

  /**
   * @param sequence position among the notifications of its instance, from 1
   * @param raw the body exactly as it is sent
   * @param copyOf the original entry, if this is a duplicate
   */
  constructor(
    readonly idInstance: string,
    readonly sequence: number,
    readonly raw: string,
    readonly issuedAtMs: number,
    readonly copyOf?: PublishedEntry,
  ) {}

  /** The parsed body; undefined if it is not a JSON object or array. */
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

  /** All deliveries to a consumer, oldest first. */
  get handOuts(): readonly HandOut[] {
    return this.allHandOuts;
  }

  /** Whether it is queued, or how it left the queue. */
  get state(): 'queued' | Departure {
    return this.leftAs ?? 'queued';
  }

  /** When it left the queue, in epoch milliseconds; undefined while queued. */
  get leftAtMs(): number | undefined {
    return this.leftAt;
  }

  /** Resolves with the first delivery to a consumer. */
  get handedOut(): Promise<HandOut> {
    return this.firstHandOut.promise;
  }

  /** Resolves when a consumer acknowledges it, by `deleteNotification` or by the answer 200. */
  get deleted(): Promise<void> {
    return this.deletion.promise;
  }

  /** Resolves when it leaves the queue, in any way. */
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
