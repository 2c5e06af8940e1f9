import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';

import type { NotificationFilter } from './notification.filter.js';

/** How one handler is run, where it differs from the options of the module. */
export interface HandlerOptions {
  /** How often it may try a notification: a whole number from 1; `retry.attempts` if not given. */
  readonly attempts?: number;
  /** How long a run may take, in milliseconds; `handlerTimeoutMs` if not given. */
  readonly timeoutMs?: number;
}

/** What one `@OnNotification` asks for. */
export interface Subscription {
  /** `typeWebhook` values, `'*'` for every kind, or `'unknown'` for kinds this version does not know. */
  readonly kinds: readonly string[];
  readonly filter: NotificationFilter;
  readonly options: HandlerOptions;
}

/** A decorated method, as found in the application. */
export interface HandlerDefinition {
  readonly wrapper: InstanceWrapper;
  readonly prototype: object;
  readonly methodName: string;
  /** Class and method, such as `Inbox.onText`; made unique if another handler is called the same. */
  readonly name: string;
  /** What it is for; any one of them is enough. */
  readonly subscriptions: readonly Subscription[];
}
