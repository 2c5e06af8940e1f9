import { type ExecutionContext } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';

import type { Notification } from '../notification/notification.js';
import { NOTIFICATION_CONTEXT_TYPE } from './handler.constants.js';
import type { NotificationContext } from './notification.context.js';

/** The execution context of a notification handler, for guards, interceptors and decorators. */
export class NotificationExecutionContext extends ExecutionContextHost {
  /** Gives `context` the methods of this class, as `GqlExecutionContext.create` does. */
  static create(context: ExecutionContext): NotificationExecutionContext {
    const own = new NotificationExecutionContext(
      context.getArgs(),
      context.getClass(),
      context.getHandler(),
    );
    own.setType(context.getType());
    return own;
  }

  /** Whether a guard, interceptor or filter runs for a notification, and not for HTTP or another transport. */
  static isNotification(context: Pick<ExecutionContext, 'getType'>): boolean {
    return context.getType<string>() === NOTIFICATION_CONTEXT_TYPE;
  }

  getNotification(): Notification {
    return this.getArgByIndex<Notification>(0);
  }

  getContext(): NotificationContext {
    return this.getArgByIndex<NotificationContext>(1);
  }
}
