import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';

import type { Subscription } from './subscription.js';

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
