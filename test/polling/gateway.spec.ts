import { answerWith, connectionReset, staleHead, tokenEcho } from '@green-notifications/emulator';
import { OnNotification, Text } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { MOSTLY } from '../support/mostly.js';
import { PollingHarness } from '../support/polling.harness.js';

function recordingInbox() {
  const texts: string[] = [];
  @Injectable()
  class Inbox {
    @OnNotification('incomingMessageReceived')
    onText(@Text() text: string) {
      texts.push(text);
    }
  }
  return { Inbox, texts };
}

describe('GREEN-API fails, by polling', () => {
  it.each(['before-effect', 'after-effect'] as const)(
    'handles once when the connection breaks as the notification is deleted, %s',
    async (moment) => {
      await using harness = await PollingHarness.start();
      const { Inbox, texts } = recordingInbox();
      harness.emulator.faults.next({ method: 'deleteNotification' }, connectionReset(moment));
      await harness.run({ providers: [Inbox] });
      const { build } = harness.instance;
      harness.instance.publish(build.incomingText('first'));
      await harness.instance.publish(build.incomingText('second')).deleted;
      expect(texts).toEqual(['first', 'second']);
      expect(harness.logs.having('WARN', '')).toEqual([]);
    },
  );

  it.each([
    { overlap: 'never', handOuts: 2 },
    // Once more as the answer to the GET that was sent behind the DELETE.
    { overlap: 'auto', handOuts: 3 },
  ] as const)(
    'handles once when GREEN-API claims a deletion failed and shows the head again, overlap $overlap',
    async ({ overlap, handOuts }) => {
      await using harness = await PollingHarness.start();
      const { Inbox, texts } = recordingInbox();
      harness.emulator.faults.next(
        { method: 'deleteNotification' },
        answerWith({ status: 200, body: { result: false } }),
      );
      await harness.run({ providers: [Inbox] }, { polling: { overlap } });
      const entry = harness.instance.publish(harness.instance.build.incomingText('hello'));
      await entry.deleted;
      expect(texts).toEqual(['hello']);
      expect(entry.handOuts).toHaveLength(handOuts);
      expect(harness.logs.having('WARN', 'another program polls the same instance')).toHaveLength(
        1,
      );
    },
  );

  it('handles two that look alike and bear no id, and neither of them twice', async () => {
    await using harness = await PollingHarness.start();
    let runs = 0;
    @Injectable()
    class Watch {
      @OnNotification('stateInstanceChanged')
      onState() {
        runs += 1;
      }
    }
    await harness.run({ providers: [Watch] });
    const { build } = harness.instance;
    const body = build.stateInstanceChanged('authorized');
    harness.emulator.faults.next(
      { method: 'deleteNotification', skip: 1 },
      connectionReset('after-effect'),
    );
    harness.emulator.faults.next(
      { method: 'receiveNotification', handingOut: true, skip: 1 },
      staleHead(),
    );
    for (const notification of [body, body, build.stateInstanceChanged('blocked')]) {
      harness.instance.publish(notification);
    }
    await harness.instance.drained();
    expect(runs).toBe(3);
  });

  it('waits while receiving fails, logs one warning, and goes on by itself', async () => {
    await using harness = await PollingHarness.start();
    const { Inbox, texts } = recordingInbox();
    harness.emulator.faults.next({ method: 'receiveNotification', times: 2 }, tokenEcho(500));
    await harness.run({ providers: [Inbox] });
    await harness.instance.publish(harness.instance.build.incomingText('hello')).deleted;
    expect(texts).toEqual(['hello']);
    expect(harness.logs.having('WARN', 'GREEN-API failed with a server error')).toHaveLength(1);
    expect(harness.logs.having('LOG', 'again')).toHaveLength(1);
  });

  it('names the fix when the token is wrong, and leaves the other instances alone', async () => {
    await using harness = await PollingHarness.start(1101, 1102);
    const { Inbox, texts } = recordingInbox();
    harness.emulator.faults.next(
      { method: 'receiveNotification', idInstance: 1101, times: Infinity },
      answerWith({ status: 401 }),
    );
    await harness.run({ providers: [Inbox] });
    const healthy = harness.emulator.instance(1102);
    await healthy.publish(healthy.build.incomingText('hello')).deleted;
    expect(texts).toEqual(['hello']);
    await harness.logs.until('WARN', 'check apiTokenInstance');
    expect(harness.logs.having('WARN', 'check apiTokenInstance')).toHaveLength(1);
    expect(
      harness.emulator.instance(1101).requests.of({ method: 'receiveNotification' }),
    ).toHaveLength(1);
  });

  it('treats an HTML page with status 200 as a failure, not as an empty queue', async () => {
    await using harness = await PollingHarness.start();
    harness.emulator.faults.next(
      { method: 'receiveNotification', times: 2 },
      answerWith({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }),
    );
    const { Inbox } = recordingInbox();
    await harness.run({ providers: [Inbox] });
    await harness.instance.publish(harness.instance.build.incomingText('hello')).deleted;
    expect(harness.logs.having('WARN', 'cannot be read')).toHaveLength(1);
  });

  it('never deletes an answer whose end is missing, even if its length looks right', async () => {
    await using harness = await PollingHarness.start();
    const { Inbox, texts } = recordingInbox();
    const notification = harness.instance.build.incomingText('whole in the end');
    const whole = JSON.stringify({ receiptId: 1, body: notification });
    harness.emulator.faults.next(
      { method: 'receiveNotification', times: 4 },
      answerWith({ status: 200, body: whole.slice(0, -9) }),
    );
    await harness.run({ providers: [Inbox] });
    const entry = harness.instance.publish(notification);
    await entry.deleted;
    expect(texts).toEqual(['whole in the end']);
    expect(harness.instance.requests.of({ method: 'deleteNotification' })).toHaveLength(1);
  }, 30_000);

  it('asks an idle queue at most once a second, even if it answers at once', async () => {
    await using harness = await PollingHarness.start();
    harness.emulator.faults.next(
      { method: 'receiveNotification', times: Infinity },
      answerWith({ status: 200, body: 'null' }),
    );
    await harness.run({});
    const [first, second] = await harness.instance.waitForRequest({
      method: 'receiveNotification',
      count: 2,
    });
    expect(second!.atMs - first!.atMs).toBeGreaterThanOrEqual(MOSTLY * 1000);
  });
});
