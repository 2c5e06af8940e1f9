import type { Notification } from '../../notification/notification.js';

/** Nest's `RouteParamtypes.BODY`: the only kind of parameter that `@Payload()` makes. */
const BODY = 3;

/** Gives Nest the value of each `@Payload()` parameter. Other decorators have their own factory. */
export class NotificationParamsFactory {
  exchangeKeyForValue(
    type: number,
    path: unknown,
    [notification]: readonly [Notification],
  ): unknown {
    if (type !== BODY) return undefined;
    return typeof path === 'string' ? valueAt(notification, path) : notification;
  }
}

function valueAt(root: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined,
      root,
    );
}
