import type { Delivery } from './delivery.js';
import type { NotificationHandler } from './notification.handler.js';
import type { RawDelivery } from './notification.intake.js';
import type { Outcome } from './outcome.js';

/** A run of a handler that is about to start. */
export interface StartingRun {
  readonly handler: NotificationHandler;
  readonly delivery: Delivery;
  /** The number of this handler's attempt at this notification, from 1. */
  readonly attempt: number;
}

/** Wraps every run of a handler, for spans and transactions. The default adds nothing. */
export class RunInterceptor {
  /** `next` runs the handler. If this method rejects, the handler has failed. */
  intercept(_run: StartingRun, next: () => Promise<unknown>): Promise<unknown> {
    return next();
  }
}

/**
 * Wraps the intake, from the body that a transport received to its outcome. The default adds
 * nothing.
 */
export class IntakeInterceptor {
  intercept(_raw: RawDelivery, next: () => Promise<Outcome>): Promise<Outcome> {
    return next();
  }
}
