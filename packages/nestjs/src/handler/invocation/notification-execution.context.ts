import type { ArgumentsHost, ExecutionContext, Type } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';

import type { Notification } from '../../notification/notification.js';
import { NOTIFICATION_CONTEXT_TYPE } from '../handler.constants.js';
import type { NotificationContext } from '../notification.context.js';

/**
 * The execution context of a notification handler, for guards, interceptors, filters and
 * decorators. Its arguments are the notification and its `NotificationContext`.
 */
export class NotificationExecutionContext extends ExecutionContextHost {
  /**
   * Wraps `context`, as `GqlExecutionContext.create` does. If other kinds of context are possible,
   * check `isNotification(context)` first.
   */
  static create(context: ExecutionContext | ArgumentsHost): NotificationExecutionContext {
    const { getClass, getHandler } = context as Partial<ExecutionContext>;
    const own = new NotificationExecutionContext(
      context.getArgs(),
      getClass?.call(context) ?? null,
      getHandler?.call(context) ?? null,
    );
    own.setType(context.getType());
    return own;
  }

  /** @internal */
  static of(
    notification: Notification,
    context: NotificationContext,
    instance: object,
    method: (...args: never[]) => unknown,
  ): NotificationExecutionContext {
    const own = new NotificationExecutionContext(
      [notification, context],
      instance.constructor as Type,
      method,
    );
    own.setType(NOTIFICATION_CONTEXT_TYPE);
    return own;
  }

  /** Whether the context belongs to a notification, and not to HTTP or another transport. */
  static isNotification(context: Pick<ArgumentsHost, 'getType'>): boolean {
    return context.getType<string>() === NOTIFICATION_CONTEXT_TYPE;
  }

  getNotification(): Notification {
    return this.getArgByIndex<Notification>(0);
  }

  getContext(): NotificationContext {
    return this.getArgByIndex<NotificationContext>(1);
  }
}
