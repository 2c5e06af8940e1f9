import {
  type GreenNotificationsModuleOptions,
  InvalidOptionsError,
  OnNotification,
} from '@green-notifications/nestjs';
import { incomingText } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import {
  type CallHandler,
  Catch,
  Controller,
  type ExecutionContext,
  Get,
  type INestApplication,
  Injectable,
  Scope,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';

import { HandlerBed } from '../support/handler.bed.js';
import { DenyingGuard, HttpGuard } from '../support/http-guards.js';
import { Inbox } from '../support/inbox.js';

describe('globalEnhancers', () => {
  const ran: string[] = [];

  @Catch()
  class Filter {
    catch() {
      ran.push('filters');
      return 'filtered';
    }
  }

  @Injectable()
  class Failing {
    @OnNotification('*')
    onAny(_message: unknown) {
      throw new Error('boom');
    }
  }

  const prepare = (app: INestApplication) => {
    app.useGlobalGuards({ canActivate: () => ran.push('guards') > 0 });
    app.useGlobalPipes({ transform: (value: unknown) => (ran.push('pipes'), value) });
    app.useGlobalInterceptors({
      intercept: (_context: ExecutionContext, next: CallHandler) => {
        ran.push('interceptors');
        return next.handle();
      },
    });
    app.useGlobalFilters(new Filter());
  };

  it.each<[GreenNotificationsModuleOptions['globalEnhancers'], string[]]>([
    [undefined, ['guards', 'interceptors', 'pipes', 'filters']],
    [true, ['guards', 'interceptors', 'pipes', 'filters']],
    [false, []],
    [[], []],
    [['pipes'], ['pipes']],
    [
      ['interceptors', 'filters'],
      ['interceptors', 'filters'],
    ],
  ])('%j lets these run: %j', async (globalEnhancers, expected) => {
    ran.length = 0;
    await using app = await HandlerBed.create(
      { providers: [Failing] },
      globalEnhancers === undefined ? {} : { globalEnhancers },
      prepare,
    );
    await app.deliver(incomingText('hi'));
    expect(ran).toEqual(expected);
  });

  it('false leaves out request-scoped ones, and none of the handler itself', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class ScopedGuard extends DenyingGuard {}
    @Injectable()
    class Guarded {
      @OnNotification('*', { text: 'open' })
      onOpen() {
        return 'handled';
      }

      @OnNotification('*', { text: 'closed' })
      @UseGuards(DenyingGuard)
      onClosed() {
        return 'handled';
      }
    }
    await using app = await HandlerBed.create(
      { providers: [Guarded, { provide: APP_GUARD, scope: Scope.REQUEST, useClass: ScopedGuard }] },
      { globalEnhancers: false },
    );
    expect(await app.deliver(incomingText('open'))).toMatchObject({ results: ['handled'] });
    expect(await app.deliver(incomingText('closed'))).toMatchObject({ result: 'retry' });
    expect(app.logs.having('WARN', 'globalEnhancers')).toEqual([]);
  });

  it('false leaves HTTP as it is', async () => {
    @Controller()
    class Pages {
      @Get()
      page() {
        return 'page';
      }
    }
    let app: INestApplication | undefined;
    await using bed = await HandlerBed.create(
      { providers: [Inbox], controllers: [Pages] },
      { globalEnhancers: false },
      (nest) => (app = nest).useGlobalGuards(new HttpGuard()),
    );
    expect((await bed.deliver(incomingText('hi'))).results).toEqual(['handled']);
    await app!.listen(0, '127.0.0.1');
    const url = await app!.getUrl();
    const answers = await Promise.all([
      fetch(url),
      fetch(url, { headers: { authorization: 'secret' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 200]);
    await Promise.all(answers.map((answer) => answer.text()));
  });

  it('refuses a kind that does not exist', async () => {
    const options = { globalEnhancers: ['guard'] } as never;
    await expect(HandlerBed.create({}, options)).rejects.toThrow(InvalidOptionsError);
  });
});
