import { NotificationExecutionContext } from '@green-notifications/nestjs';
import { incomingText } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import {
  type ArgumentMetadata,
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  type INestApplication,
  Injectable,
  type NestInterceptor,
  type PipeTransform,
  type Provider,
  Scope,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { map, type Observable } from 'rxjs';

import { Diary, handlerIn } from '../support/enhanced-inbox.js';
import { HandlerBed } from '../support/handler.bed.js';

interface Enhancers {
  readonly guard: new (...args: never[]) => CanActivate;
  readonly pipe: new (...args: never[]) => PipeTransform;
  readonly interceptor: new (...args: never[]) => NestInterceptor;
  readonly filter: new (...args: never[]) => ExceptionFilter;
}

function enhancersIn(scope: Scope): Enhancers {
  @Injectable({ scope })
  class Guard implements CanActivate {
    constructor(private readonly diary: Diary) {}
    canActivate(context: ExecutionContext): boolean {
      const { attempt } = NotificationExecutionContext.create(context).getContext();
      this.diary.lines.push(`guard ${context.getType()} ${context.getHandler().name} ${attempt}`);
      return true;
    }
  }
  @Injectable({ scope })
  class Pipe implements PipeTransform {
    constructor(private readonly diary: Diary) {}
    transform(value: unknown, { type }: ArgumentMetadata): unknown {
      this.diary.lines.push(`pipe ${type}`);
      return value;
    }
  }
  @Injectable({ scope })
  class Interceptor implements NestInterceptor {
    constructor(private readonly diary: Diary) {}
    intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
      this.diary.lines.push(`interceptor ${context.getClass().name}`);
      return next.handle().pipe(map((result) => `intercepted ${result}`));
    }
  }
  @Catch()
  @Injectable({ scope })
  class Filter implements ExceptionFilter {
    constructor(private readonly diary: Diary) {}
    catch(error: Error, host: ArgumentsHost): string {
      const { typeWebhook } = NotificationExecutionContext.create(host).getNotification();
      this.diary.lines.push(`filter ${typeWebhook}`);
      return `filtered ${error.message}`;
    }
  }
  return { guard: Guard, pipe: Pipe, interceptor: Interceptor, filter: Filter };
}

type Use = (enhancers: Enhancers, handlerScope: Scope) => Setup;

interface Setup {
  readonly providers: Provider[];
  readonly prepare?: (app: INestApplication) => void;
}

const levels: Record<string, Use> = {
  method: ({ guard, pipe, interceptor, filter }, scope) => ({
    providers: [
      handlerIn(
        scope,
        [],
        [UseGuards(guard), UsePipes(pipe), UseInterceptors(interceptor), UseFilters(filter)],
      ),
    ],
  }),
  class: ({ guard, pipe, interceptor, filter }, scope) => ({
    providers: [
      handlerIn(scope, [
        UseGuards(guard),
        UsePipes(pipe),
        UseInterceptors(interceptor),
        UseFilters(filter),
      ]),
    ],
  }),
  'APP_ provider': (enhancers, scope) => ({
    providers: [
      handlerIn(scope),
      { provide: APP_GUARD, useClass: enhancers.guard, scope: scopeOf(enhancers.guard) },
      { provide: APP_PIPE, useClass: enhancers.pipe, scope: scopeOf(enhancers.pipe) },
      {
        provide: APP_INTERCEPTOR,
        useClass: enhancers.interceptor,
        scope: scopeOf(enhancers.interceptor),
      },
      { provide: APP_FILTER, useClass: enhancers.filter, scope: scopeOf(enhancers.filter) },
    ],
  }),
};

function orderIn({ lines }: Diary, a: string, b: string): number {
  return lines.indexOf(a) - lines.indexOf(b);
}

function scopeOf(type: object): Scope {
  return (Reflect.getMetadata('scope:options', type) as { scope: Scope }).scope;
}

const scopes = {
  singleton: Scope.DEFAULT,
  'request-scoped': Scope.REQUEST,
  transient: Scope.TRANSIENT,
};

const matrix = Object.keys(levels).flatMap((level) =>
  Object.keys(scopes).flatMap((handler) =>
    Object.keys(scopes).map((enhancer) => ({ level, handler, enhancer })),
  ),
) as readonly { level: string; handler: keyof typeof scopes; enhancer: keyof typeof scopes }[];

describe('guards, pipes, interceptors and filters', () => {
  it.each(matrix)(
    'run at the level of $level: $enhancer ones around a $handler handler',
    async ({ level, handler, enhancer }) => {
      const { providers, prepare } = levels[level]!(enhancersIn(scopes[enhancer]), scopes[handler]);
      await using app = await HandlerBed.create({ providers: [...providers, Diary] }, {}, prepare);
      const diary = app.bed.get(Diary);

      const delivered = await app.deliver(incomingText('hi'));
      expect(delivered).toMatchObject({ results: ['intercepted handled'], errors: [] });
      expect(diary.lines).toEqual([
        'guard green-notification onText 1',
        'interceptor Inbox',
        // Nest does not say in which order it sees to the parameters.
        ...['pipe custom', 'pipe body'].toSorted((a, b) => orderIn(diary, a, b)),
      ]);

      const failed = await app.deliver({ ...incomingText('hi'), boom: true } as never);
      expect(failed).toMatchObject({ result: 'acknowledged', results: ['filtered boom'] });
      expect(diary.lines.at(-1)).toBe('filter incomingMessageReceived');
    },
  );

  it('run when the application sets instances by useGlobalGuards and the like', async () => {
    const diary = new Diary();
    const { guard, pipe, interceptor, filter } = enhancersIn(Scope.DEFAULT);
    const made = <T>(type: new (...args: never[]) => T) => new type(...([diary] as never[]));
    await using app = await HandlerBed.create(
      { providers: [handlerIn(Scope.DEFAULT), Diary] },
      {},
      (nest) =>
        nest
          .useGlobalGuards(made(guard))
          .useGlobalPipes(made(pipe))
          .useGlobalInterceptors(made(interceptor))
          .useGlobalFilters(made(filter)),
    );
    await app.deliver(incomingText('hi'));
    await app.deliver({ ...incomingText('hi'), boom: true } as never);
    expect(diary.lines.map((line) => line.split(' ')[0])).toEqual([
      'guard',
      'interceptor',
      'pipe',
      'pipe',
      'guard',
      'interceptor',
      'pipe',
      'pipe',
      'filter',
    ]);
  });

  it('run from the outside in: global, class, method', async () => {
    const order: string[] = [];
    const guard = (name: string) => ({ canActivate: () => order.push(`guard ${name}`) > 0 });
    const interceptor = (name: string) => ({
      intercept: (_context: ExecutionContext, next: CallHandler) => {
        order.push(`interceptor ${name}`);
        return next.handle();
      },
    });
    const Inbox = handlerIn(
      Scope.DEFAULT,
      [UseGuards(guard('class')), UseInterceptors(interceptor('class'))],
      [UseGuards(guard('method')), UseInterceptors(interceptor('method'))],
    );
    await using app = await HandlerBed.create({ providers: [Inbox, Diary] }, {}, (nest) =>
      nest.useGlobalGuards(guard('global')).useGlobalInterceptors(interceptor('global')),
    );
    await app.deliver(incomingText('hi'));
    expect(order).toEqual(
      ['guard', 'interceptor'].flatMap((kind) =>
        ['global', 'class', 'method'].map((level) => `${kind} ${level}`),
      ),
    );
  });
});
