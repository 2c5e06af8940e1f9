import {
  NotificationContext,
  OnNotification,
  Reject,
  RetryAfter,
} from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import {
  type CallHandler,
  Catch,
  type ExceptionFilter,
  Injectable,
  type PipeTransform,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';
import { throwError } from 'rxjs';

import { Deferred } from '../support/deferred.js';
import { NOTHING_LOST } from './support/delivery.oracle.js';
import { FaultHarness } from './support/fault.harness.js';
import { nextTurns } from '../support/next-turns.js';

describe('statuses', () => {
  it('23. out of order are all delivered', async () => {
    await using harness = await FaultHarness.start();
    const { build } = harness.instance;
    const read = harness.marker.mark(build.outgoingMessageStatus('read', { idMessage: 'A1' }));
    harness.instance.publish(read);
    for (const status of ['sent', 'delivered', 'failed']) {
      harness.issue(build.outgoingMessageStatus(status, { idMessage: 'A1' }));
    }
    harness.instance.publish(read);
    await harness.run();
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(harness.record.runs.map(({ context }) => statusOf(context))).toEqual(
      // The second "read" of the same message is the same notification.
      ['read', 'sent', 'delivered', 'failed'],
    );
  });
});

describe('a handler that never ends', () => {
  it('24. is timed out and told by its signal, is not started twice, and becomes a dead letter', async () => {
    await using harness = await FaultHarness.start();
    let started = 0;
    let aborted = 0;
    const never = new Deferred();
    harness.publish(['hang', 'after']);
    await harness.run(
      ({ text, context: { signal } }) => {
        if (text !== 'hang') return undefined;
        started += 1;
        signal.addEventListener('abort', () => (aborted += 1));
        return never.promise;
      },
      { handlerTimeoutMs: 25, retry: { attempts: 3, backoff: { initialMs: 1, maxMs: 2 } } },
    );
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(started).toBe(1);
    expect(aborted).toBeGreaterThanOrEqual(1);
    expect(await harness.letters.list()).toMatchObject([
      { handler: 'Inbox.onAny', attempts: 3, error: { code: 'HANDLER_TIMEOUT' } },
    ]);
    never.resolve();
  });

  it('24. keeps what it comes to after its time-out, and is not run again', async () => {
    await using harness = await FaultHarness.start();
    let started = 0;
    const late = new Deferred();
    harness.publish(['late', 'after']);
    await harness.run(
      async ({ text }) => {
        if (text !== 'late') return;
        started += 1;
        await late.promise;
      },
      { handlerTimeoutMs: 25, retry: { backoff: { initialMs: 200, maxMs: 200, jitter: 0 } } },
    );
    await harness.logs.until('ERROR', 'did not finish within');
    late.resolve();
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(started).toBe(1);
  });

  it('24. does not hold up other instances', async () => {
    await using harness = await FaultHarness.start({ instances: 2 });
    harness.publish(['hang']);
    harness.publish(['one', 'two'], harness.at(1));
    const release = new Deferred();
    await harness.run(({ text }) => (text === 'hang' ? release.promise : undefined));
    await harness.at(1).drained();
    expect(harness.instance.queueLength).toBe(1);
    release.resolve();
    await harness.drained();
  });
});

describe('a handler that throws', () => {
  const strange = new Error('strange');
  Object.defineProperty(strange, 'stack', { value: [{ not: 'a string' }] });
  const unreadable = new Error('unreadable');
  for (const property of ['message', 'stack', 'cause', 'name', 'code']) {
    Object.defineProperty(unreadable, property, { get: () => raise(new Error('no')) });
  }
  const circular = new Error('circular');
  circular.cause = circular;
  const wordless = Object.assign(new Error('wordless'), { message: { not: 'a string' } });
  const hostile = new Proxy(
    {},
    { get: () => raise(new Error('trap')), getPrototypeOf: () => raise(new Error('trap')) },
  );

  it.each([
    ['throws at once', () => raise(new Error('now'))],
    ['rejects', () => Promise.reject(new Error('later'))],
    ['rejects with undefined', () => Promise.reject(undefined)],
    ['throws null', () => raise(null)],
    ['throws a string', () => raise('text')],
    ['throws a symbol', () => raise(Symbol('symbol'))],
    ['throws a frozen object', () => raise(Object.freeze({ frozen: true }))],
    ['throws an object without prototype', () => raise(Object.create(null))],
    ['throws a frozen Error', () => raise(Object.freeze(new Error('frozen')))],
    ['throws an Error whose stack is a list', () => raise(strange)],
    ['throws an Error whose message is an object', () => raise(wordless)],
    ['throws an Error that throws when it is read', () => raise(unreadable)],
    ['throws an Error that caused itself', () => raise(circular)],
    ['throws what throws when it is touched', () => raise(hostile)],
    ['throws a function', () => raise(() => undefined)],
    ['throws RetryAfter(0)', () => raise(new RetryAfter(0))],
  ])('25. %s: one failed attempt each, and then a dead letter', async (_what, fail) => {
    await using harness = await FaultHarness.start();
    harness.publish(['bad', 'after']);
    await harness.run(({ text }) => (text === 'bad' ? fail() : undefined), {
      retry: { attempts: 2, backoff: { initialMs: 1, maxMs: 2 } },
    });
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(harness.record.runs.map(({ text, attempt }) => [text, attempt])).toEqual([
      ['bad', 1],
      ['bad', 2],
      ['after', 1],
    ]);
    expect(await harness.letters.list()).toMatchObject([{ attempts: 2 }]);
    expect(() => JSON.stringify(harness.record)).toBeDefined();
  });

  it.each([Infinity, Number.NaN, -1, 2 ** 31, 1e300])(
    '25. RetryAfter(%p) makes no hot loop, and no waiting for ever at the shutdown',
    async (retryAfterMs) => {
      await using harness = await FaultHarness.start();
      harness.publish(['bad']);
      const app = await harness.run(({ attempt }) => {
        // Where such a time is refused, that is a failure like any other.
        if (attempt === 1) throw new RetryAfter(retryAfterMs);
        throw new Reject('enough');
      });
      await harness.logs.until('ERROR', 'failed');
      await nextTurns(50);
      expect(harness.logs.having('ERROR', 'failed').length).toBeLessThanOrEqual(2);
      await app.close();
    },
  );

  it('25. Reject uses up the attempts at once', async () => {
    await using harness = await FaultHarness.start();
    harness.publish(['bad', 'after']);
    await harness.run(({ text }) => (text === 'bad' ? raise(new Reject('never')) : undefined));
    await harness.drained();
    expect(harness.record.texts()).toEqual(['bad', 'after']);
    expect(await harness.letters.list()).toMatchObject([
      { attempts: 1, error: { code: 'REJECT', message: 'never' } },
    ]);
  });
});

describe('enhancers that throw', () => {
  class Failing implements PipeTransform, ExceptionFilter {
    canActivate = () => raise(new Error('guard'));
    transform = () => raise(new Error('pipe'));
    intercept = (_context: unknown, next: CallHandler) => {
      void next;
      return throwError(() => new Error('interceptor'));
    };
    catch = () => raise(new Error('filter'));
  }
  Catch()(Failing);

  it.each([
    ['guard', UseGuards(new Failing() as never)],
    ['pipe', UsePipes(new Failing())],
    ['interceptor', UseInterceptors(new Failing() as never)],
    ['filter', UseFilters(new Failing())],
  ])('26. a %s counts like the handler', async (what, decorate) => {
    @Injectable()
    class Guarded {
      @OnNotification('*', { text: 'bad' })
      @decorate
      onBad(_notification: unknown, _context: NotificationContext) {
        throw new Error('handler');
      }
    }
    await using harness = await FaultHarness.start();
    harness.publish(['bad', 'after']);
    await harness.run(
      undefined,
      { retry: { attempts: 2, backoff: { initialMs: 1, maxMs: 2 } } },
      { providers: [Guarded] },
    );
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(await harness.letters.list()).toMatchObject([
      { handler: 'Guarded.onBad', attempts: 2, error: { message: what } },
    ]);
  });
});

function statusOf({ notification }: NotificationContext): unknown {
  return (notification as { status?: unknown }).status;
}

function raise(error: unknown): never {
  throw error;
}
