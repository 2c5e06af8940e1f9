import { SteadyLogger } from '../common/steady.logger.js';
import type { Delivery } from './delivery.js';
import { HANDLER_FAILED, HANDLER_RECOVERED, UNHANDLED } from './delivery.messages.js';
import type { HandlerRun } from './handler-run.js';

/** What the dispatcher says about deliveries; Nest itself logs nothing for most handler errors. */
export class DeliveryLog {
  private readonly logger = new SteadyLogger('GreenNotifications');

  failed({ notification, instance }: Delivery, run: HandlerRun, retryAfterMs: number): void {
    const { client } = instance;
    // Later attempts mostly fail at the same place.
    const stack = run.attempt === 1 && run.error instanceof Error ? run.error.stack : undefined;
    this.logger.error(
      client.redact(HANDLER_FAILED(run, notification, retryAfterMs)),
      stack === undefined ? undefined : client.redact(stack),
    );
  }

  recovered({ notification }: Delivery, run: HandlerRun): void {
    this.logger.log(HANDLER_RECOVERED(run, notification));
  }

  unhandled({ notification }: Delivery): void {
    this.logger.debug(UNHANDLED(notification));
  }
}
