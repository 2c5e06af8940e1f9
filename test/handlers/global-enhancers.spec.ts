import {
  type GreenNotificationsModuleOptions,
  InvalidOptionsError,
  NotificationExecutionContext,
  OnNotification,
} from '@green-notifications/nestjs';
import { incomingText } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import {
  type CallHandler,
  type CanActivate,
  Catch,
  Controller,
  type ExecutionContext,
  Get,
  Injectable,
  type INestApplication,
  type NestInterceptor,
  type PipeTransform,
  Scope,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { defer, tap } from 'rxjs';

import { HandlerBed } from './support/handler.bed.js';

@Injectable()
class Inbox {
  @OnNotification('*')
  onAny() {
    return 'handled';
  }
}

/** As they are written for HTTP: the notification is no request, and the context is no response. */
class HttpGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context
      .switchToHttp()
      .getRequest<{ headers: Record<string, string | undefined> }>();
    return headers['authorization'] === 'secret';
  }
}

class DenyingGuard implements CanActivate {
  canActivate = () => false;
}

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
  ])('gets one hint that names it: a %s', async (_, prepare, name) => {
    const hints = await hintsOf(prepare);
    expect(hints).toHaveLength(1);
    expect(hints[0]).toContain(`${name}, one of the global`);
  });

  it('gets a hint when it is request-scoped, too', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class ScopedGuard extends DenyingGuard {}
    await using app = await HandlerBed.create({
      providers: [Inbox, { provide: APP_GUARD, scope: Scope.REQUEST, useClass: ScopedGuard }],
    });
    expect(await app.deliver(incomingText('hi'))).toMatchObject({ result: 'retry' });
    expect(app.logs.having('WARN', 'ScopedGuard')).toHaveLength(1);
  });

  it('gets no hint for an error of the handler', async () => {
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

  it('stands aside when it asks for the type of the context', async () => {
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

  const prepare: Prepare = (app) => {
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

  it('refuses a kind that there is not', async () => {
    const options = { globalEnhancers: ['guard'] } as never;
    await expect(HandlerBed.create({}, options)).rejects.toThrow(InvalidOptionsError);
  });
});
