import { SafeLogger } from '../common/safe.logger.js';
import { readThrown } from '../common/thrown.js';
import { ThrottledLog } from '../common/throttled.log.js';
import type { DeadLetter } from './dead-letter/dead-letter.js';
import type { RedriveReport } from './dead-letter/redrive-report.js';
import { Reject, RetryAfter } from './delivery.errors.js';
import type { Delivery } from './delivery.js';
import {
  ATTEMPT_BROKE,
  DEAD_LETTER_STORE_FAILED,
  DEAD_LETTERED,
  FAILED_AFTER_COMMIT,
  faultOf,
  HANDLER_FAILED,
  HANDLER_GAVE_UP,
  HANDLER_RECOVERED,
  INTAKE_FAILED,
  NAMES_ANOTHER_INSTANCE,
  NOT_DUE,
  REDRIVEN,
  REDRIVING,
  STUCK,
  UNHANDLED,
  UNREADABLE,
  UNREADABLE_STORED,
} from './delivery.messages.js';
import type { RawDelivery } from './notification.intake.js';
import type { FailedHandler, HandlerRun } from './outcome.js';

/** Logs what happens to deliveries. Nest itself does not log most errors of handlers. */
export class DeliveryLog {
  private readonly logger = new SafeLogger('GreenNotifications');
  /**
   * For what a sender can cause without a handler. What a handler does is the application's own, so
   * each of its failures has a line.
   */
  private readonly throttled = new ThrottledLog();

  failed(delivery: Delivery, run: HandlerRun, retryAfterMs: number): void {
    const text = HANDLER_FAILED(run, delivery, retryAfterMs);
    if (run.error instanceof RetryAfter) {
      this.logger.debug(delivery.instance.client.redact(text));
    } else this.handlerError(delivery, run, text);
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
    if (letter.kind === 'unhandled') {
      this.logger.warn(DEAD_LETTERED(letter));
      return;
    }
    const { kind, id } = letter;
    this.throttled.add({ kind, level: 'warn', describe: (more) => UNREADABLE_STORED(id, more) });
  }

  redriving(report: RedriveReport): void {
    this.logger.log(REDRIVING(report));
  }

  redriven(report: RedriveReport): void {
    this.logger.log(REDRIVEN(report));
  }

  deadLetterStoreFailed(error: unknown): void {
    this.throttled.add({
      kind: 'dead letter store',
      level: 'error',
      describe: (more) => DEAD_LETTER_STORE_FAILED(error, more),
    });
  }

  unreadable({ body, instance, transport }: RawDelivery, hasStore: boolean): void {
    // The body itself may be large, and must not stay in memory for as long as this is counted.
    const seen = { instance, transport, fault: faultOf(body) };
    this.throttled.add({
      kind: [transport, instance?.idInstance, seen.fault].join(' '),
      level: 'error',
      describe: (more) => UNREADABLE(seen, hasStore, more),
    });
  }

  /** Logs what is counted but not logged yet. */
  flush(): void {
    this.throttled.flush();
  }

  namesAnotherInstance(delivery: Delivery): void {
    this.logger.warn(NAMES_ANOTHER_INSTANCE(delivery));
  }

  intakeFailed(raw: Pick<RawDelivery, 'instance'>, error: unknown): void {
    const text = INTAKE_FAILED(raw, error);
    this.logger.error(raw.instance?.client.redact(text) ?? text);
  }

  private handlerError({ instance: { client } }: Delivery, run: HandlerRun, text: string): void {
    const { error, attempt } = run;
    if (error instanceof Reject) return this.logger.warn(client.redact(text));
    // Only for the first attempt: later ones mostly fail in the same place. A RetryAfter is thrown
    // on purpose, so its place says nothing.
    const hasPlace = attempt === 1 && !(error instanceof RetryAfter);
    const stack = hasPlace ? readThrown(error).stack : undefined;
    this.logger.error(client.redact(text), stack === undefined ? undefined : client.redact(stack));
  }
}
