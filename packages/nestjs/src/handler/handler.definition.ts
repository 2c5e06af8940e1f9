import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';

import type { NotificationFilter } from './notification.filter.js';

/** Options of one handler. They override the options of the module. */
export interface HandlerOptions {
  /**
   * How often the handler may try one notification: a whole number of 1 or more.
   *
   * @default `retry.attempts`
   */
  readonly attempts?: number;
  /** How long one run may take, in milliseconds. @default `handlerTimeoutMs` */
  readonly timeoutMs?: number;
}

/** The arguments of one `@OnNotification`. */
export interface Subscription {
  /**
   * `typeWebhook` values, `'*'` for every kind, or `'unknown'` for kinds this version does not
   * know.
   */
  readonly kinds: readonly string[];
  readonly filter: NotificationFilter;
  readonly options: HandlerOptions;
}

/** A method with `@OnNotification`, as found in the application. */
export interface HandlerDefinition {
  readonly wrapper: InstanceWrapper;
  readonly prototype: object;
  readonly methodName: string;
  /** Class and method, such as `Inbox.onText`; numbered if several handlers have the same name. */
  readonly name: string;
  /** One for each `@OnNotification` of the method. The handler runs if any of them matches. */
  readonly subscriptions: readonly Subscription[];
}
