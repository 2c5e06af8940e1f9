import { ENTRY_PROVIDER_METADATA, ON_NOTIFICATION_METADATA } from '../handler.constants.js';
import type { HandlerOptions, Subscription } from '../handler.definition.js';
import type {
  FilterFor,
  MessageTypeOf,
  MethodFor,
  OpenKind,
  Selected,
} from '../on-notification.types.js';
import { decorateBareParameters } from '../parameters/bare-parameters.js';
import { handlerMethod } from './handler-method.js';
import { refuseWrongOptions } from './refuse-wrong-options.js';

/**
 * Makes a provider's method a handler of notifications. If the method resolves, it has handled the
 * notification. If it throws, GREEN-API keeps the notification and the method runs again.
 *
 * Without a parameter decorator, the first parameter gets the notification and the second gets the
 * `NotificationContext`. A method may have several of these decorators; it runs once for a
 * notification, even if several of them match.
 *
 * @param kind the `typeWebhook` to handle, or several; `'*'` for every kind; `'unknown'` for every
 * kind that this version does not know
 * @param filter more conditions; all of them must match
 * @param options how the method runs; if several decorators of the method set an option, the
 * topmost decorator that sets it wins
 * @throws {UnknownFilterKeyError} if a condition does not exist
 * @throws {InvalidHandlerOptionError} if an option does not exist or its value is not allowed
 * @throws {NotAHandlerMethodError} on static methods, properties and methods named by a symbol
 */
export function OnNotification<
  const Kind extends OpenKind,
  const TypeMessage extends MessageTypeOf<Kind> = never,
>(
  kind: Kind | readonly Kind[],
  filter: FilterFor<Kind, TypeMessage> = {},
  options: HandlerOptions = {},
) {
  return <Method extends (...args: never[]) => unknown>(
    target: object,
    methodName: string,
    descriptor: TypedPropertyDescriptor<Method> & MethodFor<Method, Selected<Kind, TypeMessage>>,
  ): void => {
    const method = handlerMethod('OnNotification', target, methodName, descriptor);
    refuseWrongOptions(`${target.constructor.name}.${methodName}`, filter, options);
    const subscription: Subscription = {
      kinds: typeof kind === 'string' ? [kind] : kind,
      filter,
      options,
    };
    const others = (Reflect.getMetadata(ON_NOTIFICATION_METADATA, method) ??
      []) as readonly Subscription[];
    Reflect.defineMetadata(ON_NOTIFICATION_METADATA, [subscription, ...others], method);
    Reflect.defineMetadata(ENTRY_PROVIDER_METADATA, true, target.constructor);
    decorateBareParameters(target, methodName, method);
  };
}
