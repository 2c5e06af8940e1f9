import { Ctx, NotificationContext, OnNotification } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { PollingHarness } from '../support/polling.harness.js';

describe('a handler that fails, by polling', () => {
  it('keeps the notification and runs the handler again until it succeeds', async () => {
    await using harness = await PollingHarness.start();
    const attempts: number[] = [];
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      onText(@Ctx() { attempt }: NotificationContext) {
        attempts.push(attempt);
        if (attempt < 3) throw new Error('not yet');
      }
    }
    await harness.run({ providers: [Inbox] });
    const entry = harness.instance.publish(harness.instance.build.incomingText('hello'));
    await entry.deleted;
    expect(attempts).toEqual([1, 2, 3]);
    expect(harness.instance.requests.of({ method: 'deleteNotification' })).toHaveLength(1);
    expect(harness.logs.having('ERROR', 'Inbox.onText failed')).toHaveLength(2);
    expect(harness.logs.having('LOG', 'on attempt 3')).toHaveLength(1);
  });

  it('runs only the handler that failed again, and not the one that succeeded', async () => {
    await using harness = await PollingHarness.start();
    const runs: string[] = [];
    @Injectable()
    class Inbox {
      @OnNotification('*')
      good() {
        runs.push('good');
      }

      @OnNotification('*')
      bad(@Ctx() { attempt }: NotificationContext) {
        runs.push(`bad ${attempt}`);
        if (attempt === 1) throw new Error('not yet');
      }
    }
    await harness.run({ providers: [Inbox] });
    await harness.instance.publish(harness.instance.build.incomingText('hello')).deleted;
    expect(runs.toSorted()).toEqual(['bad 1', 'bad 2', 'good']);
  });

  it.each([
    ['rejects with undefined', () => Promise.reject(undefined)],
    ['throws a string', () => throwing('text')],
    ['throws a frozen object', () => throwing(Object.freeze({ code: 1 }))],
    ['throws null', () => throwing(null)],
  ])('counts one failed attempt when the handler %s', async (_what, fail) => {
    await using harness = await PollingHarness.start();
    const attempts: number[] = [];
    @Injectable()
    class Inbox {
      @OnNotification('*')
      onAny(@Ctx() { attempt }: NotificationContext): unknown {
        attempts.push(attempt);
        return attempt === 1 ? fail() : undefined;
      }
    }
    await harness.run({ providers: [Inbox] });
    await harness.instance.publish(harness.instance.build.incomingText('hello')).deleted;
    expect(attempts).toEqual([1, 2]);
  });

  it('holds back what is behind the notification that fails', async () => {
    await using harness = await PollingHarness.start();
    const runs: string[] = [];
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      onAny(@Ctx() { attempt, notification }: NotificationContext) {
        const { idMessage } = notification as { idMessage: string };
        runs.push(`${idMessage} ${attempt}`);
        if (idMessage === 'first' && attempt < 4) throw new Error('not yet');
      }
    }
    await harness.run({ providers: [Inbox] });
    const { build } = harness.instance;
    harness.instance.publish(build.incomingText('one', { idMessage: 'first' }));
    await harness.instance.publish(build.incomingText('two', { idMessage: 'second' })).deleted;
    expect(runs).toEqual(['first 1', 'first 2', 'first 3', 'first 4', 'second 1']);
  });
});

function throwing(error: unknown): never {
  throw error;
}
