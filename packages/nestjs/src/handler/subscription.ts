import type { HandlerOptions } from './handler.options.js';
import type { NotificationFilter } from './notification.filter.js';

/** What one `@OnNotification` asks for. */
export interface Subscription {
  /** `typeWebhook` values, `'*'` for every kind, or `'unknown'` for kinds this version does not know. */
  readonly kinds: readonly string[];
  readonly filter: NotificationFilter;
  readonly options: HandlerOptions;
}
