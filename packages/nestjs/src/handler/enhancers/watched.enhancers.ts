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

/** The kinds of code that Nest runs around a method. */
export const ENHANCER_KINDS = ['guards', 'pipes', 'interceptors', 'filters'] as const;

export type EnhancerKind = (typeof ENHANCER_KINDS)[number];

/*
 * Wrappers around global enhancers. Most enhancers are written for HTTP and find no request here.
 * A wrapper behaves like the wrapped enhancer, and also calls `report` if it denies a notification
 * or throws.
 */

/** `argument` is the usual name of the enhancer's first argument. */
const IF_WRITTEN_FOR_HTTP = (argument: 'context' | 'host') =>
  'If it is written for HTTP, make it skip calls for which ' +
  `NotificationExecutionContext.isNotification(${argument}) is true`;

export const GLOBAL_ENHANCER_TROUBLE = (kind: EnhancerKind, name: string, problem: string) =>
  `${name}, one of the global ${kind} of this application, ${problem}; global ${kind} also run for ` +
  `notifications. ${IF_WRITTEN_FOR_HTTP('context')}, or leave "${kind}" out of the option ` +
  '"globalEnhancers" of GreenNotificationsModule';

export const FILTER_BROKE = (handler: string, error: Error) =>
  `An exception filter of ${handler} failed while it handled an error, so that error counts as not ` +
  `handled: ${error.message}. ${IF_WRITTEN_FOR_HTTP('host')}`;

type Report = (problem: string) => void;

/** Wraps `guard`; calls `report` if it denies or throws. */
export function watchedGuard(guard: CanActivate, report: Report): CanActivate {
  const canActivate = async (context: ExecutionContext): Promise<boolean> => {
    try {
      const answer = await guard.canActivate(context);
      const allowed = isObservable(answer) ? await lastValueFrom(answer) : answer;
      if (!allowed) report('denied a notification');
      return allowed;
    } catch (error) {
      report(describeThrown(error));
      throw error;
    }
  };
  return Object.create(guard, { canActivate: { value: canActivate } }) as CanActivate;
}

/** Wraps `interceptor`; calls `report` for errors of its own, not for those of the handler. */
export function watchedInterceptor(interceptor: NestInterceptor, report: Report): NestInterceptor {
  const intercept = async (
    context: ExecutionContext,
    next: CallHandler,
  ): Promise<Observable<unknown>> => {
    let handlerFailed = false;
    const failed = (error: unknown) => {
      if (!handlerFailed) report(describeThrown(error));
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

/** Wraps `pipe`; calls `report` if it throws. */
export function watchedPipe(pipe: PipeTransform, report: Report): PipeTransform {
  const transform = async (value: unknown, metadata: ArgumentMetadata): Promise<unknown> => {
    try {
      return (await pipe.transform(value, metadata)) as unknown;
    } catch (error) {
      report(describeThrown(error));
      throw error;
    }
  };
  return Object.create(pipe, { transform: { value: transform } }) as PipeTransform;
}

/** Names the kind of error only: the message may contain content of the notification. */
function describeThrown(error: unknown): string {
  return `threw ${readThrown(error).name}`;
}
