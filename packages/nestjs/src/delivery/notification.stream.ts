import { type Observable, Subject } from 'rxjs';

import type { Delivery } from './delivery.js';
import type { DeliveryOutcome, Outcome } from './outcome.js';

/** How soon to come back to a dispatcher that does not run. */
const NOT_STARTED_MS = 1000;

/** A delivery and the way to answer the transport that waits for its outcome. */
export interface PendingDelivery {
  readonly delivery: Delivery;
  readonly settle: (outcome: Outcome) => void;
}

/**
 * Carries deliveries from the intake to the dispatcher, and outcomes back.
 *
 * A subject alone cannot tell its producer whether a subscriber succeeded, so each pending delivery
 * carries the promise that its transport waits for.
 */
export class NotificationStream {
  private readonly deliveries = new Subject<Delivery>();
  private readonly pending = new Subject<PendingDelivery>();
  private readonly outcomes = new Subject<DeliveryOutcome>();

  /** What the application sees; apart, so that it is known whether anybody looks. */
  private readonly watched = [new Subject<Delivery>(), new Subject<DeliveryOutcome>()] as const;

  readonly deliveries$: Observable<Delivery> = this.deliveries.asObservable();
  /** For the dispatcher alone, which settles. */
  readonly pending$: Observable<PendingDelivery> = this.pending.asObservable();
  readonly outcomes$: Observable<DeliveryOutcome> = this.outcomes.asObservable();
  readonly watchedDeliveries$: Observable<Delivery> = this.watched[0].asObservable();
  readonly watchedOutcomes$: Observable<DeliveryOutcome> = this.watched[1].asObservable();

  constructor() {
    this.deliveries.subscribe(this.watched[0]);
    this.outcomes.subscribe(this.watched[1]);
  }

  /** Whether the application watches. */
  get isWatched(): boolean {
    return this.watched.some(({ observed }) => observed);
  }

  /** Whether there is a dispatcher to hand deliveries to. */
  get isDispatched(): boolean {
    return this.pending.observed;
  }

  /** Hands a delivery over; resolves when its outcome is known, and never rejects. */
  deliver(delivery: Delivery): Promise<Outcome> {
    this.deliveries.next(delivery);
    if (!this.isDispatched) {
      return Promise.resolve({ result: 'retry', retryAfterMs: NOT_STARTED_MS, runs: [] });
    }
    return new Promise((resolve) => {
      const settle = (outcome: Outcome) => {
        resolve(outcome);
        this.outcomes.next({ delivery, outcome });
      };
      this.pending.next({ delivery, settle });
    });
  }
}
