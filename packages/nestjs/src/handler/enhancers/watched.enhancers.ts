import type {
  ArgumentMetadata,
  CallHandler,
  CanActivate,
  ExecutionContext,
  NestInterceptor,
  PipeTransform,
} from '@nestjs/common';
import { catchError, isObservable, lastValueFrom, type Observable, tap, throwError } from 'rxjs';

import { readThrown } from '../../common/thrown.js';

/** What Nest runs around a method. */
export const ENHANCER_KINDS = ['guards', 'pipes', 'interceptors', 'filters'] as const;

export type EnhancerKind = (typeof ENHANCER_KINDS)[number];

/*
 * Most enhancers are written for HTTP, and find no request here. These do what the given one does,
 * and tell `trouble` when that stands in the way of a notification.
 */

/** `given` is what such an enhancer calls its first argument. */
const IF_WRITTEN_FOR_HTTP = (given: 'context' | 'host') =>
  'If it is written for HTTP, let it leave alone what ' +
  `NotificationExecutionContext.isNotification(${given}) names`;

export const GLOBAL_ENHANCER_TROUBLE = (kind: EnhancerKind, name: string, what: string) =>
  `${name}, one of the global ${kind} of this application, ${what}; global ${kind} run for ` +
  `notifications too. ${IF_WRITTEN_FOR_HTTP('context')}, or leave "${kind}" out of the option ` +
  '"globalEnhancers" of GreenNotificationsModule';

export const FILTER_BROKE = (handler: string, error: Error) =>
  `An exception filter of ${handler} broke while it was handling an error, which therefore counts ` +
  `as not handled: ${error.message}. ${IF_WRITTEN_FOR_HTTP('host')}`;

type Trouble = (what: string) => void;

/** `guard`, except that `trouble` hears of it when it denies or throws. */
export function watchedGuard(guard: CanActivate, trouble: Trouble): CanActivate {
  const canActivate = async (context: ExecutionContext): Promise<boolean> => {
    try {
      const answer = await guard.canActivate(context);
      const allowed = isObservable(answer) ? await lastValueFrom(answer) : answer;
      if (!allowed) trouble('denied a notification');
      return allowed;
    } catch (error) {
      trouble(describeThrown(error));
      throw error;
    }
  };
  return Object.create(guard, { canActivate: { value: canActivate } }) as CanActivate;
}

/** `interceptor`, except that `trouble` hears of errors that are its own and not the handler's. */
export function watchedInterceptor(
  interceptor: NestInterceptor,
  trouble: Trouble,
): NestInterceptor {
  const intercept = async (
    context: ExecutionContext,
    next: CallHandler,
  ): Promise<Observable<unknown>> => {
    let handlerFailed = false;
    const failed = (error: unknown) => {
      if (!handlerFailed) trouble(describeThrown(error));
    };
    const handle = () => next.handle().pipe(tap({ error: () => (handlerFailed = true) }));
    try {
      const results = await interceptor.intercept(context, { handle });
      return results.pipe(
        catchError((error: unknown) => {
          failed(error);
          return throwError(() => error);
        }),
      );
    } catch (error) {
      failed(error);
      throw error;
    }
  };
  return Object.create(interceptor, { intercept: { value: intercept } }) as NestInterceptor;
}

/** `pipe`, except that `trouble` hears of it when it throws. */
export function watchedPipe(pipe: PipeTransform, trouble: Trouble): PipeTransform {
  const transform = async (value: unknown, metadata: ArgumentMetadata): Promise<unknown> => {
    try {
      return (await pipe.transform(value, metadata)) as unknown;
    } catch (error) {
      trouble(describeThrown(error));
      throw error;
    }
  };
  return Object.create(pipe, { transform: { value: transform } }) as PipeTransform;
}

/** The kind of a thrown value, and not its message, which may hold content. */
function describeThrown(error: unknown): string {
  return `threw ${readThrown(error).name}`;
}
