import { type Observable, Subject } from 'rxjs';

import type { Delivery } from './delivery.js';
import type { DeliveryOutcome, Outcome } from './outcome.js';

/** How soon the transport should deliver again while the dispatcher is stopped. */
const NOT_STARTED_MS = 1000;

/** Handles a delivery. Resolves to its outcome, and never rejects. */
export type Dispatch = (delivery: Delivery) => Promise<Outcome>;

/**
 * Carries deliveries from the intake to the dispatcher, and outcomes back. Others can watch both.
 *
 * An RxJS subject cannot tell its producer whether a subscriber succeeded. So the dispatcher is a
 * function, and subjects are only for those who watch.
 */
export class NotificationStream {
  /** Set while a dispatcher is running. */
  dispatch: Dispatch | undefined;

  private readonly deliveries = new Subject<Delivery>();
  private readonly outcomes = new Subject<DeliveryOutcome>();

  /**
   * The streams for the application. They are separate so that `isWatched` counts only the
   * application's subscribers.
   */
  private readonly watched = [new Subject<Delivery>(), new Subject<DeliveryOutcome>()] as const;

  readonly deliveries$: Observable<Delivery> = this.deliveries.asObservable();
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

  /** Gives a delivery to the dispatcher. Resolves when its outcome is known, and never rejects. */
  async deliver(delivery: Delivery): Promise<Outcome> {
    this.deliveries.next(delivery);
    if (!this.dispatch) return { result: 'retry', retryAfterMs: NOT_STARTED_MS, runs: [] };
    const outcome = await this.dispatch(delivery);
    this.outcomes.next({ delivery, outcome });
    return outcome;
  }
}
