import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { catchError, type Observable, tap, throwError } from 'rxjs';

import { describeThrown } from './thrown-description.js';

/** `interceptor`, except that `trouble` hears of errors that are its own and not the handler's. */
export function watchedInterceptor(
  interceptor: NestInterceptor,
  trouble: (what: string) => void,
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
