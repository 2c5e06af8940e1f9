import { SteadyLogger } from '../common/steady.logger.js';
import { readThrown } from '../common/thrown.js';
import type { DeadLetter } from './dead-letter/dead-letter.js';
import type { Delivery } from './delivery.js';
import {
  ATTEMPT_BROKE,
  DEAD_LETTER_STORE_FAILED,
  DEAD_LETTERED,
  HANDLER_FAILED,
  HANDLER_RECOVERED,
  NOT_A_NOTIFICATION,
  STUCK,
  UNHANDLED,
} from './delivery.messages.js';
import type { HandlerRun } from './handler-run.js';

/** What is said about deliveries; Nest itself logs nothing for most handler errors. */
export class DeliveryLog {
  private readonly logger = new SteadyLogger('GreenNotifications');

  /** @param next what follows, in words */
  failed({ notification, instance }: Delivery, run: HandlerRun, next: string): void {
    const { client } = instance;
    // Later attempts mostly fail at the same place.
    const stack = run.attempt === 1 ? readThrown(run.error).stack : undefined;
    this.logger.error(
      client.redact(HANDLER_FAILED(run, notification, next)),
      stack === undefined ? undefined : client.redact(stack),
    );
  }

  /** Something other than a handler failed while it was being handled. */
  broke({ notification, instance }: Delivery, error: unknown, retryAfterMs: number): void {
    this.logger.error(instance.client.redact(ATTEMPT_BROKE(notification, error, retryAfterMs)));
  }

  recovered({ notification }: Delivery, run: HandlerRun): void {
    this.logger.log(HANDLER_RECOVERED(run, notification));
  }

  unhandled({ notification }: Delivery): void {
    this.logger.debug(UNHANDLED(notification));
  }

  stuck({ notification }: Delivery, handlers: readonly string[], retryAfterMs: number): void {
    this.logger.error(STUCK(notification, handlers.join(', '), retryAfterMs));
  }

  deadLettered(letter: DeadLetter): void {
    this.logger.warn(DEAD_LETTERED(letter));
  }

  deadLetterStoreFailed(error: unknown): void {
    this.logger.error(DEAD_LETTER_STORE_FAILED(error));
  }

  notANotification({ instance }: Pick<Delivery, 'instance'>, body: unknown): void {
    this.logger.error(NOT_A_NOTIFICATION(instance.idInstance, body));
  }
}
