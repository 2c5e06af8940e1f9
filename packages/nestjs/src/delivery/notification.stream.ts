import { type Observable, Subject } from 'rxjs';

import type { Delivery } from './delivery.js';
import type { DeliveryOutcome, Outcome } from './outcome.js';

/** How soon the transport should deliver again while the dispatcher is stopped. */
const NOT_STARTED_MS = 1000;

/** A delivery, and the function that gives its outcome to the transport that waits for it. */
export interface PendingDelivery {
  readonly delivery: Delivery;
  readonly settle: (outcome: Outcome) => void;
}

/**
 * Carries deliveries from the intake to the dispatcher, and outcomes back.
 *
 * An RxJS subject cannot tell its producer whether a subscriber succeeded. So each pending delivery
 * has a function `settle`, which resolves the promise that its transport waits for.
 */
export class NotificationStream {
  private readonly deliveries = new Subject<Delivery>();
  private readonly pending = new Subject<PendingDelivery>();
  private readonly outcomes = new Subject<DeliveryOutcome>();

  /**
   * The streams for the application. They are separate so that `isWatched` counts only the
   * application's subscribers.
   */
  private readonly watched = [new Subject<Delivery>(), new Subject<DeliveryOutcome>()] as const;

  readonly deliveries$: Observable<Delivery> = this.deliveries.asObservable();
  /** Only for the dispatcher, which settles each delivery. */
  readonly pending$: Observable<PendingDelivery> = this.pending.asObservable();
  readonly outcomes$: Observable<DeliveryOutcome> = this.outcomes.asObservable();
  readonly watchedDeliveries$: Observable<Delivery> = this.watched[0].asObservable();
  readonly watchedOutcomes$: Observable<DeliveryOutcome> = this.watched[1].asObservable();

  constructor() {
    this.deliveries.subscribe(this.watched[0]);
    this.outcomes.subscribe(this.watched[1]);
  }

  /** Whether the application has subscribed to deliveries or outcomes. */
  get isWatched(): boolean {
    return this.watched.some(({ observed }) => observed);
  }

  /** Whether a dispatcher is running. */
  get isDispatched(): boolean {
    return this.pending.observed;
  }

  /** Gives a delivery to the dispatcher. Resolves when its outcome is known, and never rejects. */
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
