import type { IncomingMessage, ServerResponse } from 'node:http';

import { OnNotification } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import {
  type CanActivate,
  type ExecutionContext,
  HttpException,
  type INestApplication,
  Injectable,
  type MiddlewareConsumer,
  Module,
  type NestInterceptor,
  RequestTimeoutException,
  SetMetadata,
  UnauthorizedException,
} from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, Reflector } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { from, map, of, race } from 'rxjs';

import type { ApplicationRefusal } from '../../packages/nestjs/src/transport/webhook/application-refusal.js';
import { ApplicationWatch } from '../../packages/nestjs/src/transport/webhook/application-watch.js';
import { Deferred } from '../support/deferred.js';
import { PLATFORMS, WEBHOOK_TOKEN, WebhookHarness } from './webhook.harness.js';

@Injectable()
class Inbox {
  seen = 0;

  @OnNotification('*')
  on() {
    this.seen += 1;
  }
}

/** Works until it is told to end. */
@Injectable()
class SlowInbox extends Inbox {
  readonly begun = new Deferred();
  readonly work = new Deferred();

  @OnNotification('*')
  override async on() {
    super.on();
    this.begun.resolve();
    await this.work.promise;
  }
}

const isHttp = (context: ExecutionContext) => context.getType<string>() === 'http';
const Public = () => SetMetadata('isPublic', true);

@Injectable()
class AuthGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (!isHttp(context) || this.reflector.get('isPublic', context.getHandler())) return true;
    throw new UnauthorizedException();
  }
}

/** Two requests for each of the tests. */
@Injectable()
class RateLimiter implements CanActivate {
  private left = 2;

  canActivate(context: ExecutionContext): boolean {
    if (!isHttp(context)) return true;
    this.left -= 1;
    if (this.left < 0) throw new HttpException('Too Many Requests', 429);
    return true;
  }
}

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const answering =
  (status: number): Middleware =>
  (_request, response) =>
    void response.writeHead(status).end('from the application');

const throwing: Middleware = () => {
  throw new Error('no session');
};

/** A module whose `configure` puts the middleware on every route. */
function withMiddleware(middleware: Middleware) {
  @Module({})
  class MiddlewareModule {
    configure(consumer: MiddlewareConsumer) {
      consumer.apply(middleware).forRoutes('{*path}');
    }
  }
  return { imports: [MiddlewareModule], providers: [Inbox] };
}

function withInterceptor(inbox: typeof Inbox, intercept: NestInterceptor['intercept']) {
  const interceptor: NestInterceptor = {
    intercept: (context, next) => (isHttp(context) ? intercept(context, next) : next.handle()),
  };
  return { providers: [inbox, { provide: APP_INTERCEPTOR, useValue: interceptor }] };
}

const GUARDED = { providers: [Inbox, { provide: APP_GUARD, useClass: AuthGuard }] };
const LIMITED = { providers: [Inbox, { provide: APP_GUARD, useClass: RateLimiter }] };
const LINE = 'passed the token check';

function refusalsOf(app: INestApplication): ApplicationRefusal[] {
  const refusals: ApplicationRefusal[] = [];
  app.get(ApplicationWatch, { strict: false }).refused$.subscribe((one) => refusals.push(one));
  return refusals;
}

/** A sender that does not wait until the application answers. */
async function hangUpOnce(happened: Promise<void>, url: string, body: object): Promise<void> {
  const patience = new AbortController();
  const posted = fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${WEBHOOK_TOKEN}` },
    body: JSON.stringify(body),
    signal: patience.signal,
  }).catch(() => undefined);
  await happened;
  patience.abort();
  await posted;
}

describe.each(PLATFORMS)(
  '40. a webhook that the application keeps from its route on %s',
  (platform) => {
    it.each([
      ['a global guard', 401, GUARDED, undefined],
      [
        'a global interceptor',
        418,
        withInterceptor(Inbox, () => {
          throw new HttpException('', 418);
        }),
        undefined,
      ],
      ['a middleware that answers', 401, withMiddleware(answering(401)), undefined],
      ['a middleware that throws', 500, withMiddleware(throwing), undefined],
      ['a middleware of main.ts', 403, { providers: [Inbox] }, answering(403)],
      ['one of main.ts that throws', 500, { providers: [Inbox] }, throwing],
    ])('is told of when %s answers %d', async (_name, status, metadata, middleware) => {
      await using harness = await WebhookHarness.start(platform);
      const { app, url } = await harness.run(metadata, {
        host: (created) => void (middleware && created.use(middleware)),
      });
      const refusals = refusalsOf(app);
      expect((await harness.post(url, harness.text())).status).toBe(status);
      await harness.logs.until('ERROR', LINE);
      expect(harness.logs.having('ERROR', LINE)).toEqual([
        expect.stringMatching(
          new RegExp(
            `A webhook of 1101000001 .* answered ${status} by the application .* webhook\\.decorators`,
          ),
        ),
      ]);
      expect(refusals).toMatchObject([
        { status, isHandled: false, admission: { instance: { idInstance: '1101000001' } } },
      ]);
      expect(app.get(Inbox).seen).toBe(0);
    });

    it('is told of when a rate limiter answers 429, and not before', async () => {
      await using harness = await WebhookHarness.start(platform);
      const { app, url } = await harness.run(LIMITED);
      const refusals = refusalsOf(app);
      const statuses: number[] = [];
      for (const text of ['one', 'two', 'three', 'four', 'five']) {
        statuses.push((await harness.post(url, harness.text(text))).status);
      }
      expect(statuses).toEqual([200, 200, 429, 429, 429]);
      await app.close();
      expect(refusals).toHaveLength(3);
      expect(harness.logs.having('ERROR', LINE)).toEqual([
        expect.stringContaining('A webhook of 1101000001'),
        expect.stringContaining('2 more webhooks, the last of 1101000001,'),
      ]);
    });

    it('is told of as lost when the application answers 200', async () => {
      await using harness = await WebhookHarness.start(platform);
      const { url } = await harness.run(withMiddleware(answering(200)));
      expect((await harness.post(url, harness.text())).body).toBe('from the application');
      await harness.logs.until('ERROR', LINE);
      expect(harness.logs.having('ERROR', LINE)[0]).toContain('so it is lost');
    });

    it('is told of when a middleware never goes on', async () => {
      const reached = new Deferred();
      await using harness = await WebhookHarness.start(platform);
      const { app, url } = await harness.run(withMiddleware(() => reached.resolve()));
      const refusals = refusalsOf(app);
      await hangUpOnce(reached.promise, url, harness.text());
      await harness.logs.until('ERROR', LINE);
      expect(harness.logs.having('ERROR', LINE)[0]).toContain('neither passed it on nor answered');
      expect(refusals).toMatchObject([{ status: undefined, isHandled: false }]);
    });

    it('is told of when an interceptor gives a value of its own, which nobody sends', async () => {
      const reached = new Deferred();
      await using harness = await WebhookHarness.start(platform);
      const { url } = await harness.run(
        withInterceptor(Inbox, () => {
          reached.resolve();
          return of('cached');
        }),
      );
      await hangUpOnce(reached.promise, url, harness.text());
      await harness.logs.until('ERROR', LINE);
      expect(harness.logs.having('ERROR', LINE)[0]).toContain('neither passed it on nor answered');
    });

    it.each([
      [408, new RequestTimeoutException(), 'GREEN-API posts it again'],
      [200, new HttpException('', 200), 'so it is lost if they fail'],
    ])(
      'is told of when an interceptor answers %d before the handlers',
      async (status, error, text) => {
        const timedOut = new Deferred();
        await using harness = await WebhookHarness.start(platform);
        const { app, url } = await harness.run(
          withInterceptor(SlowInbox, (_context, next) =>
            race(
              next.handle(),
              from(timedOut.promise).pipe(
                map(() => {
                  throw error;
                }),
              ),
            ),
          ),
        );
        const refusals = refusalsOf(app);
        const answer = harness.post(url, harness.text());
        await app.get(SlowInbox).begun.promise;
        timedOut.resolve();
        expect((await answer).status).toBe(status);
        await harness.logs.until('ERROR', text);
        expect(refusals).toMatchObject([{ status, isHandled: true }]);
        app.get(SlowInbox).work.resolve();
        await app.close();
        expect(refusals).toHaveLength(1);
      },
    );
  },
);

describe.each(PLATFORMS)('a webhook that the application leaves alone on %s', (platform) => {
  it('is not told of: handled, refused by the gate, or let through by a decorator', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(GUARDED, { webhook: { decorators: [Public()] } });
    const refusals = refusalsOf(app);
    const forged = { authorization: 'Bearer wrong' };
    expect((await harness.post(url, harness.text())).status).toBe(200);
    expect((await harness.post(url, harness.text(), { headers: forged })).status).toBe(401);
    await app.close();
    expect(harness.logs.having('ERROR', '')).toEqual([]);
    expect(refusals).toEqual([]);
  });

  it('is not told of when its sender hangs up on a handler', async () => {
    const hungUp = new Deferred();
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(
      { providers: [SlowInbox] },
      {
        host: (created) =>
          created.use(((_request, response, next) => {
            response.once('close', () => hungUp.resolve());
            next();
          }) satisfies Middleware),
      },
    );
    const inbox = app.get(SlowInbox);
    await hangUpOnce(inbox.begun.promise, url, harness.text());
    await hungUp.promise;
    inbox.work.resolve();
    await app.close();
    expect(harness.logs.having('ERROR', '')).toEqual([]);
  });

  it('is refused by the gate before any middleware sees it', async () => {
    let seen = 0;
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(
      withMiddleware((_request, _response, next) => {
        seen += 1;
        next();
      }),
    );
    const headers = { authorization: 'Bearer wrong' };
    expect((await harness.post(url, harness.text(), { headers })).status).toBe(401);
    expect(seen).toBe(0);
    expect((await harness.post(url, harness.text())).status).toBe(200);
    expect(seen).toBe(1);
  });
});

describe('the gate on a Fastify', () => {
  async function statuses(adapter: FastifyAdapter): Promise<number[]> {
    await using harness = await WebhookHarness.start('fastify');
    const { url } = await harness.run({ providers: [Inbox] }, { adapter });
    const headers = { authorization: 'Bearer wrong' };
    const forged = await harness.post(url, harness.text(), { headers });
    return [forged.status, (await harness.post(url, harness.text())).status];
  }

  it('without middleware is there all the same', async () => {
    expect(await statuses(new FastifyAdapter({ skipMiddie: true }))).toEqual([401, 200]);
  });

  it("with a hook of the application's own is there all the same, and so is the hook", async () => {
    let seen = 0;
    const adapter = new FastifyAdapter();
    adapter.setOnRequestHook((_request, _reply, done) => {
      seen += 1;
      done();
    });
    expect(await statuses(adapter)).toEqual([401, 200]);
    expect(seen).toBe(2);
  });
});
