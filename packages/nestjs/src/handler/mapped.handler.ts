import type { Delivery } from '../delivery/delivery.js';
import type {
  NotificationHandler,
  RunCancellation,
  RunMemory,
} from '../delivery/notification.handler.js';
import type { Notification } from '../notification/notification.js';
import type { HandlerDefinition, Subscription } from './handler.definition.js';
import { matches } from './matches.js';
import { NotificationContext } from './notification.context.js';

/** A decorated method that is ready to run. */
export class MappedHandler implements NotificationHandler {
  readonly name: string;
  readonly attempts: number | undefined;
  readonly timeoutMs: number | undefined;
  private readonly subscriptions: readonly Subscription[];

  constructor(
    { name, subscriptions }: HandlerDefinition,
    private readonly invoke: (
      notification: Notification,
      context: NotificationContext,
    ) => Promise<unknown>,
  ) {
    this.name = name;
    this.subscriptions = subscriptions;
    this.attempts = subscriptions.map(({ options }) => options.attempts).find(isGiven);
    this.timeoutMs = subscriptions.map(({ options }) => options.timeoutMs).find(isGiven);
  }

  /** True if any subscription matches, even if the `where` of another one throws. */
  matches(delivery: Delivery): boolean {
    let thrown: { readonly error: unknown } | undefined;
    for (const subscription of this.subscriptions) {
      try {
        if (matches(subscription, delivery)) return true;
      } catch (error) {
        thrown = { error };
      }
    }
    if (thrown) throw thrown.error;
    return false;
  }

  run(
    delivery: Delivery,
    attempt: number,
    cancellation: RunCancellation,
    memory: RunMemory,
  ): Promise<unknown> {
    const context = new NotificationContext(delivery, attempt, cancellation, this.name, memory);
    return this.invoke(delivery.notification, context);
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined;
}
