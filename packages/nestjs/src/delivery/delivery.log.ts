import { SafeLogger } from '../common/safe.logger.js';
import { readThrown } from '../common/thrown.js';
import type { DeadLetter } from './dead-letter/dead-letter.js';
import type { Delivery } from './delivery.js';
import {
  ATTEMPT_BROKE,
  DEAD_LETTER_STORE_FAILED,
  DEAD_LETTERED,
  FAILED_AFTER_COMMIT,
  HANDLER_FAILED,
  HANDLER_GAVE_UP,
  HANDLER_RECOVERED,
  INTAKE_FAILED,
  NAMES_ANOTHER_INSTANCE,
  NOT_DUE,
  STUCK,
  UNHANDLED,
  UNREADABLE,
} from './delivery.messages.js';
import type { RawDelivery } from './notification.intake.js';
import type { FailedHandler, HandlerRun } from './outcome.js';

/** Logs what happens to deliveries. Nest itself does not log most errors of handlers. */
export class DeliveryLog {
  private readonly logger = new SafeLogger('GreenNotifications');

  failed(delivery: Delivery, run: HandlerRun, retryAfterMs: number): void {
    this.handlerError(delivery, run, HANDLER_FAILED(run, delivery, retryAfterMs));
  }

  gaveUp(delivery: Delivery, run: HandlerRun): void {
    this.handlerError(delivery, run, HANDLER_GAVE_UP(run, delivery));
  }

  /** Something other than a handler failed, such as the progress store. */
  broke(delivery: Delivery, error: unknown, retryAfterMs: number): void {
    const { client } = delivery.instance;
    this.logger.error(client.redact(ATTEMPT_BROKE(delivery, error, retryAfterMs)));
  }

  failedAfterCommit(delivery: Delivery, run: HandlerRun): void {
    this.handlerError(delivery, run, FAILED_AFTER_COMMIT(run, delivery));
  }

  recovered(delivery: Delivery, run: HandlerRun): void {
    this.logger.log(HANDLER_RECOVERED(run, delivery));
  }

  unhandled(delivery: Delivery): void {
    this.logger.debug(UNHANDLED(delivery));
  }

  stuck(delivery: Delivery, handlers: readonly FailedHandler[], retryAfterMs: number): void {
    const { client } = delivery.instance;
    this.logger.error(client.redact(STUCK(delivery, handlers, retryAfterMs)));
  }

  notDue(delivery: Delivery, retryAfterMs: number): void {
    this.logger.debug(NOT_DUE(delivery, retryAfterMs));
  }

  deadLettered(letter: DeadLetter): void {
    this.logger.warn(DEAD_LETTERED(letter));
  }

  deadLetterStoreFailed(error: unknown): void {
    this.logger.error(DEAD_LETTER_STORE_FAILED(error));
  }

  unreadable(raw: RawDelivery, hasStore: boolean): void {
    this.logger.error(UNREADABLE(raw, hasStore));
  }

  namesAnotherInstance(delivery: Delivery): void {
    this.logger.warn(NAMES_ANOTHER_INSTANCE(delivery));
  }

  intakeFailed(raw: Pick<RawDelivery, 'instance'>, error: unknown): void {
    const text = INTAKE_FAILED(raw, error);
    this.logger.error(raw.instance?.client.redact(text) ?? text);
  }

  private handlerError({ instance: { client } }: Delivery, run: HandlerRun, text: string): void {
    // Only for the first attempt: later ones mostly fail in the same place.
    const stack = run.attempt === 1 ? readThrown(run.error).stack : undefined;
    this.logger.error(client.redact(text), stack === undefined ? undefined : client.redact(stack));
  }
}
