import type { Delivery } from './delivery.js';
import type { NotificationHandler } from './notification.handler.js';

/** Where the dispatcher asks who handles a delivery. */
export abstract class HandlerSource {
  abstract handlersFor(delivery: Delivery): readonly NotificationHandler[];
}
