import { NotificationExecutionContext, OnNotification } from '@green-notifications/nestjs';
import { incomingText } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import {
  type CallHandler,
  type ExecutionContext,
  type INestApplication,
  Injectable,
  type NestInterceptor,
  type PipeTransform,
  Scope,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { defer, tap } from 'rxjs';

import { HandlerBed } from '../support/handler.bed.js';
import { DenyingGuard, HttpGuard } from '../support/http-guards.js';
import { Inbox } from '../support/inbox.js';

/** As it is written for HTTP: the context is no response. */
class HttpInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler) {
    const response = context.switchToHttp().getResponse<{ setHeader(name: string): void }>();
    return next.handle().pipe(tap(() => response.setHeader('x-served-by')));
  }
}

class ThrowingInterceptor implements NestInterceptor {
  intercept(): never {
    throw new TypeError('no request');
  }
}

class HttpPipe implements PipeTransform {
  transform(): never {
    throw new TypeError('no query');
  }
}

type Prepare = (app: INestApplication) => void;

/** The warnings that name an enhancer, after some deliveries. */
async function hintsOf(prepare: Prepare, attempts = 2): Promise<readonly string[]> {
  @Injectable()
  class Reader {
    @OnNotification('*')
    onAny(_message: unknown) {}
  }
  await using app = await HandlerBed.create({ providers: [Reader] }, {}, prepare);
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    await app.deliver(incomingText(`message ${attempt}`));
  }
  return app.logs.having('WARN', 'globalEnhancers');
}

describe('a global enhancer that is written for HTTP', () => {
  it.each<[string, Prepare, string]>([
    ['guard that throws', (app) => app.useGlobalGuards(new HttpGuard()), 'HttpGuard'],
    ['guard that denies', (app) => app.useGlobalGuards(new DenyingGuard()), 'DenyingGuard'],
    [
      'interceptor that throws before the handler',
      (app) => app.useGlobalInterceptors(new ThrowingInterceptor()),
      'ThrowingInterceptor',
    ],
    [
      'interceptor that throws after the handler',
      (app) => app.useGlobalInterceptors(new HttpInterceptor()),
      'HttpInterceptor',
    ],
    ['pipe that throws', (app) => app.useGlobalPipes(new HttpPipe()), 'HttpPipe'],
  ])('is named in one warning: a %s', async (_, prepare, name) => {
    const hints = await hintsOf(prepare);
    expect(hints).toHaveLength(1);
    expect(hints[0]).toContain(`${name}, one of the global`);
  });

  it('is named when it is request-scoped, too', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class ScopedGuard extends DenyingGuard {}
    await using app = await HandlerBed.create({
      providers: [Inbox, { provide: APP_GUARD, scope: Scope.REQUEST, useClass: ScopedGuard }],
    });
    expect(await app.deliver(incomingText('hi'))).toMatchObject({ result: 'retry' });
    expect(app.logs.having('WARN', 'ScopedGuard')).toHaveLength(1);
  });

  it('is not blamed for an error of the handler', async () => {
    @Injectable()
    class Failing {
      @OnNotification('*')
      onAny() {
        throw new TypeError('mine');
      }
    }
    await using app = await HandlerBed.create({ providers: [Failing] }, {}, (nest) =>
      nest.useGlobalInterceptors({
        intercept: (_context: ExecutionContext, next: CallHandler) => defer(() => next.handle()),
      }),
    );
    await app.deliver(incomingText('hi'));
    expect(app.logs.having('WARN', 'globalEnhancers')).toEqual([]);
  });

  it('lets notifications through when it asks for the type of the context', async () => {
    const guard = {
      canActivate: (context: ExecutionContext) =>
        NotificationExecutionContext.isNotification(context) ||
        new HttpGuard().canActivate(context),
    };
    await using app = await HandlerBed.create({ providers: [Inbox] }, {}, (nest) =>
      nest.useGlobalGuards(guard),
    );
    expect(await app.deliver(incomingText('hi'))).toMatchObject({ results: ['handled'] });
  });
});
