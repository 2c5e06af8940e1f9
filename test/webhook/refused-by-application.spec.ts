import { describe, expect, it } from '@jest/globals';
import {
  type CanActivate,
  type ExecutionContext,
  HttpException,
  Injectable,
  type NestInterceptor,
  RequestTimeoutException,
  type Type,
} from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { from, map, of, race } from 'rxjs';

import { Deferred } from '../support/deferred.js';
import {
  CountingInbox,
  GUARDED,
  hangUpOnce,
  isHttp,
  type Middleware,
  refusalsOf,
  withMiddleware,
} from './support/application-in-the-way.js';
import { SlowInbox } from './support/inboxes.js';
import { PLATFORMS, WebhookHarness } from './webhook.harness.js';

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

const answering =
  (status: number): Middleware =>
  (_request, response) =>
    void response.writeHead(status).end('from the application');

const throwing: Middleware = () => {
  throw new Error('no session');
};

function withInterceptor(inbox: Type<unknown>, intercept: NestInterceptor['intercept']) {
  const interceptor: NestInterceptor = {
    intercept: (context, next) => (isHttp(context) ? intercept(context, next) : next.handle()),
  };
  return { providers: [inbox, { provide: APP_INTERCEPTOR, useValue: interceptor }] };
}

const LIMITED = { providers: [CountingInbox, { provide: APP_GUARD, useClass: RateLimiter }] };
const LINE = 'passed the token check';

describe.each(PLATFORMS)(
  '40. a webhook that the application keeps from its route on %s',
  (platform) => {
    it.each([
      ['a global guard', 401, GUARDED, undefined],
      [
        'a global interceptor',
        418,
        withInterceptor(CountingInbox, () => {
          throw new HttpException('', 418);
        }),
        undefined,
      ],
      ['a middleware that answers', 401, withMiddleware(answering(401)), undefined],
      ['a middleware that throws', 500, withMiddleware(throwing), undefined],
      ['a middleware of main.ts', 403, { providers: [CountingInbox] }, answering(403)],
      ['one of main.ts that throws', 500, { providers: [CountingInbox] }, throwing],
    ])('is reported when %s answers %d', async (_name, status, metadata, middleware) => {
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
      expect(app.get(CountingInbox).seen).toBe(0);
    });

    it('is reported when a rate limiter answers 429, and not before', async () => {
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

    it('is reported as lost when the application answers 200', async () => {
      await using harness = await WebhookHarness.start(platform);
      const { url } = await harness.run(withMiddleware(answering(200)));
      expect((await harness.post(url, harness.text())).body).toBe('from the application');
      await harness.logs.until('ERROR', LINE);
      expect(harness.logs.having('ERROR', LINE)[0]).toContain('so it is lost');
    });

    it('is reported when a middleware never goes on', async () => {
      const reached = new Deferred();
      await using harness = await WebhookHarness.start(platform);
      const { app, url } = await harness.run(withMiddleware(() => reached.resolve()));
      const refusals = refusalsOf(app);
      await hangUpOnce(reached.promise, url, harness.text());
      await harness.logs.until('ERROR', LINE);
      expect(harness.logs.having('ERROR', LINE)[0]).toContain('neither passed it on nor answered');
      expect(refusals).toMatchObject([{ status: undefined, isHandled: false }]);
    });

    it('is reported when an interceptor gives a value of its own, which is never sent', async () => {
      const reached = new Deferred();
      await using harness = await WebhookHarness.start(platform);
      const { url } = await harness.run(
        withInterceptor(CountingInbox, () => {
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
      'is reported when an interceptor answers %d before the handlers',
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
