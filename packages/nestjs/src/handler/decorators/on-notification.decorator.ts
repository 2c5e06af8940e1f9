import { ENTRY_PROVIDER_METADATA, ON_NOTIFICATION_METADATA } from '../handler.constants.js';
import type { HandlerOptions, Subscription } from '../handler.definition.js';
import type {
  FilterFor,
  MessageTypeOf,
  MethodFor,
  OpenKind,
  Selected,
} from '../on-notification.types.js';
import { decorateBareParameters } from './bare-parameters.js';
import { handlerMethod } from './handler-method.js';
import { refuseWrongOptions } from './refuse-wrong-options.js';

/**
 * Makes a provider's method a handler of notifications. When it resolves, the notification is
 * handled; when it throws, the notification is kept and the method runs again.
 *
 * A parameter without a decorator gets the notification if it is the first, and the
 * `NotificationContext` if it is the second. A method may have several of these decorators; it
 * runs once for a notification, however many of them ask for it.
 *
 * @param kind the `typeWebhook` to handle, or several; `'*'` for every kind; `'unknown'` for every
 * kind that this version does not know
 * @param filter further conditions, all of which must hold
 * @param options how the method is run; of several decorators, the first that says it
 * @throws {UnknownFilterKeyError} if a condition does not exist
 * @throws {InvalidHandlerOptionError} if an option does not exist or makes no sense
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
