import type { ExternalContextCreator } from '@nestjs/core';
import { isObservable, lastValueFrom } from 'rxjs';

import { isPromiseLike } from '../../common/promise-like.js';
import type { Notification } from '../../notification/notification.js';
import type { NotificationContext } from '../notification.context.js';

export type Invoke = (notification: Notification, context: NotificationContext) => Promise<unknown>;
export type Method = (...args: unknown[]) => unknown;

type Parameters = ReturnType<
  ReturnType<ExternalContextCreator['getMetadata']>['getParamsMetadata']
>;

/**
 * Calls a method around which no guard, interceptor or pipe runs. Nest makes eight promises for such
 * a call; this makes one. The arguments and the result are the same.
 *
 * @param parameters those with a decorator, as Nest describes them
 */
export function directCall(instance: object, method: Method, parameters: Parameters): Invoke {
  const argumentsOf = (...given: unknown[]): unknown[] | Promise<unknown[]> => {
    if (parameters.length === 0) return given;
    const args: unknown[] = [];
    for (const { index, extractValue } of parameters) args[index] = extractValue(...given);
    // A parameter decorator of the application may be asynchronous.
    return args.some(isPromiseLike) ? Promise.all(args) : args;
  };
  return async (notification, context) => {
    const given = argumentsOf(notification, context);
    const args = Array.isArray(given) ? given : await given;
    const result = await method.apply(instance, args);
    return isObservable(result) ? lastValueFrom(result) : result;
  };
}
