import type { MessageType } from '../../notification/message/message-data.js';
import type { NotificationKind } from '../../notification/notification.js';
import { ON_NOTIFICATION_METADATA, PARAMETERS_METADATA } from '../handler.constants.js';
import type { MethodFor } from '../method-for.type.js';
import { NOTIFICATION_FILTER_KEYS, type NotificationFilter } from '../notification.filter.js';
import type { Selected } from '../selected.type.js';
import type { Subscription } from '../subscription.js';
import { UnknownFilterKeyError } from '../unknown-filter-key.error.js';
import { Ctx } from './ctx.decorator.js';
import { Payload } from './payload.decorator.js';

type OpenKind = NotificationKind | '*' | 'unknown' | (string & {});
type OpenMessageType = MessageType | (string & {});

/**
 * Makes a provider's method a handler of notifications. When it resolves, the notification is
 * handled; when it throws, the notification is kept and the method runs again.
 *
 * A parameter without a decorator gets the notification if it is the first, and the
 * `NotificationContext` if it is the second.
 *
 * @param kind the `typeWebhook` to handle, or several; `'*'` for every kind; `'unknown'` for every
 * kind that this version does not know
 * @param filter further conditions, all of which must hold
 */
export function OnNotification<
  const Kind extends OpenKind,
  const TypeMessage extends OpenMessageType = never,
>(
  kind: Kind | readonly Kind[],
  filter: NotificationFilter<Selected<Kind, TypeMessage>, TypeMessage> = {},
) {
  return <Method extends (...args: never[]) => unknown>(
    target: object,
    methodName: string | symbol,
    descriptor: TypedPropertyDescriptor<Method> & MethodFor<Method, Selected<Kind, TypeMessage>>,
  ): void => {
    const method = (descriptor as TypedPropertyDescriptor<Method>).value as Method;
    const where = `${target.constructor.name}.${String(methodName)}`;
    for (const key of Object.keys(filter)) {
      if (!Object.hasOwn(NOTIFICATION_FILTER_KEYS, key))
        throw new UnknownFilterKeyError(where, key);
    }
    const subscription: Subscription = {
      kinds: typeof kind === 'string' ? [kind] : kind,
      filter,
    };
    const others = (Reflect.getMetadata(ON_NOTIFICATION_METADATA, method) ??
      []) as readonly Subscription[];
    Reflect.defineMetadata(ON_NOTIFICATION_METADATA, [subscription, ...others], method);
    decorateBareParameters(target, methodName, method.length);
  };
}

/** Nest runs pipes only for parameters that a decorator speaks for. */
function decorateBareParameters(
  target: object,
  methodName: string | symbol,
  parameterCount: number,
): void {
  const parameters = Object.values(
    (Reflect.getMetadata(PARAMETERS_METADATA, target.constructor, methodName) ?? {}) as Record<
      string,
      { readonly index: number }
    >,
  );
  for (const [index, decorator] of [Payload(), Ctx()].entries()) {
    if (index < parameterCount && !parameters.some((parameter) => parameter.index === index)) {
      decorator(target, methodName, index);
    }
  }
}
