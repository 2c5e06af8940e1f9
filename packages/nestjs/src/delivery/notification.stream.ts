import { type Observable, Subject } from 'rxjs';

import type { Delivery } from './delivery.js';
import type { DeliveryOutcome, Outcome } from './outcome.js';

/** A delivery and the way to answer the transport that waits for its outcome. */
export interface Arrival {
  readonly delivery: Delivery;
  readonly settle: (outcome: Outcome) => void;
}

/**
 * Carries deliveries from the transports to the dispatcher, and outcomes back.
 *
 * A subject alone cannot tell its producer whether a subscriber succeeded, so each arrival carries
 * the promise that its transport waits for.
 */
export class NotificationStream {
  private readonly arrivals = new Subject<Arrival>();
  private readonly outcomes = new Subject<DeliveryOutcome>();

  /** For the dispatcher, which alone settles. */
  readonly arrivals$: Observable<Arrival> = this.arrivals.asObservable();
  readonly outcomes$: Observable<DeliveryOutcome> = this.outcomes.asObservable();

  /** Hands a delivery over; resolves when its outcome is known, and never rejects. */
  deliver(delivery: Delivery): Promise<Outcome> {
    return new Promise((resolve) => {
      const settle = (outcome: Outcome) => {
        resolve(outcome);
        this.outcomes.next({ delivery, outcome });
      };
      this.arrivals.next({ delivery, settle });
    });
  }
}
