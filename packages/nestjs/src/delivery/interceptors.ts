import type { Delivery } from './delivery.js';
import type { NotificationHandler } from './notification.handler.js';
import type { RawDelivery } from './notification.intake.js';
import type { Outcome } from './outcome.js';

/** A run of a handler that is about to begin. */
export interface StartingRun {
  readonly handler: NotificationHandler;
  readonly delivery: Delivery;
  /** Which attempt of this handler at this notification it is, from 1. */
  readonly attempt: number;
}

/** Stands around every run of a handler, for spans and transactions. This one does nothing. */
export class RunInterceptor {
  /** `next` runs the handler; what this rejects with counts as the handler's failure. */
  intercept(_run: StartingRun, next: () => Promise<unknown>): Promise<unknown> {
    return next();
  }
}

/** Stands around the intake, from what a transport received to its outcome. This one does nothing. */
export class IntakeInterceptor {
  intercept(_raw: RawDelivery, next: () => Promise<Outcome>): Promise<Outcome> {
    return next();
  }
}
