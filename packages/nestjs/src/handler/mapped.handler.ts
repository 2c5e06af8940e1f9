import type { Delivery } from '../delivery/delivery.js';
import type { NotificationHandler } from '../delivery/notification.handler.js';
import type { Notification } from '../notification/notification.js';
import type { HandlerDefinition } from './handler.definition.js';
import { matches } from './matches.js';
import { NotificationContext } from './notification.context.js';
import type { Subscription } from './subscription.js';

/** A decorated method that is ready to run. */
export class MappedHandler implements NotificationHandler {
  readonly name: string;
  readonly attempts: number | undefined;
  readonly timeoutMs: number | undefined;
  private readonly subscriptions: readonly Subscription[];
  /** What filters threw instead of an answer, for the run that follows. */
  private readonly filterErrors = new WeakMap<Delivery, { readonly error: unknown }>();

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

  /** A filter that throws leaves it open whether the handler is meant: its run fails, and no other. */
  isFor(delivery: Delivery): boolean {
    this.filterErrors.delete(delivery);
    for (const subscription of this.subscriptions) {
      try {
        if (matches(subscription, delivery)) {
          this.filterErrors.delete(delivery);
          return true;
        }
      } catch (error) {
        this.filterErrors.set(delivery, { error });
      }
    }
    return this.filterErrors.has(delivery);
  }

  async run(delivery: Delivery, attempt: number, signal: AbortSignal): Promise<unknown> {
    const filter = this.filterErrors.get(delivery);
    if (filter) throw filter.error;
    return this.invoke(delivery.notification, new NotificationContext(delivery, attempt, signal));
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined;
}
