import {
  Ctx,
  GreenNotifications,
  NotificationContext,
  OnNotification,
  type Notification,
  Text,
  textOf,
} from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { firstValueFrom } from 'rxjs';

import { Deferred } from '../support/deferred.js';
import { PollingHarness } from '../support/polling.harness.js';

describe('the road of a notification, by polling', () => {
  it('hands a notification to its handler, and deletes it only after the handler succeeded', async () => {
    await using harness = await PollingHarness.start();
    const started = new Deferred<string | undefined>();
    const finish = new Deferred();
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
      async onText(notification: Notification) {
        started.resolve(textOf(notification));
        await finish.promise;
      }
    }
    await harness.run({ providers: [Inbox] });
    const entry = harness.instance.publish(harness.instance.build.incomingText('hello'));

    expect(await started.promise).toBe('hello');
    expect(harness.instance.requests.of({ method: 'deleteNotification' })).toEqual([]);

    finish.resolve();
    await entry.deleted;
    expect(entry.handOuts).toHaveLength(1);
  });

  it('keeps the order of the queue', async () => {
    await using harness = await PollingHarness.start();
    const seen: (string | undefined)[] = [];
    @Injectable()
    class Inbox {
      @OnNotification('*')
      async onAny(notification: Notification) {
        await Promise.resolve();
        seen.push(textOf(notification));
      }
    }
    await harness.run({ providers: [Inbox] });
    const texts = Array.from({ length: 30 }, (_, index) => `message ${index}`);
    for (const text of texts) harness.instance.publish(harness.instance.build.incomingText(text));

    await harness.instance.drained();
    expect(seen).toEqual(texts);
  });

  it('runs every handler that matches, and no other', async () => {
    await using harness = await PollingHarness.start();
    const runs: string[] = [];
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      onMessage() {
        runs.push('onMessage');
      }

      @OnNotification(['incomingCall', 'incomingMessageReceived'])
      onMessageOrCall() {
        runs.push('onMessageOrCall');
      }

      @OnNotification('incomingCall')
      onCall() {
        runs.push('onCall');
      }
    }
    await harness.run({ providers: [Inbox] });
    await harness.instance.publish(harness.instance.build.incomingText('hello')).deleted;
    expect(runs.toSorted()).toEqual(['onMessage', 'onMessageOrCall']);
  });

  it('acknowledges what no handler matches', async () => {
    await using harness = await PollingHarness.start();
    await harness.run({});
    const entry = harness.instance.publish(harness.instance.build.incomingText('hello'));
    await entry.deleted;
    expect(entry.handOuts).toHaveLength(1);
  });

  it('keeps what no handler matches if it is told to', async () => {
    await using harness = await PollingHarness.start();
    const app = await harness.run({}, { unhandled: 'retry' });
    const outcome = firstValueFrom(app.get(GreenNotifications).outcomes$);
    const entry = harness.instance.publish(harness.instance.build.incomingText('hello'));
    expect((await outcome).outcome).toMatchObject({ result: 'retry', runs: [] });
    await app.close();
    expect(entry.state).toBe('queued');
  });

  it('gives kinds that this version does not know to the handlers for them', async () => {
    await using harness = await PollingHarness.start();
    const runs: string[] = [];
    @Injectable()
    class Inbox {
      @OnNotification('*')
      onAny(notification: Notification) {
        runs.push(`any ${notification.typeWebhook}`);
      }

      @OnNotification('unknown')
      onUnknown(notification: Notification) {
        runs.push(`unknown ${notification.typeWebhook}`);
      }

      @OnNotification('kindOfNextYear')
      onNextYear() {
        runs.push('next year');
      }
    }
    await harness.run({ providers: [Inbox] });
    const { build } = harness.instance;
    await harness.instance.publish(build.notification('kindOfNextYear', { new: [1] })).deleted;
    expect(runs.toSorted()).toEqual(['any kindOfNextYear', 'next year', 'unknown kindOfNextYear']);
  });

  it('deletes what is no notification, logs an error, and goes on', async () => {
    await using harness = await PollingHarness.start();
    const texts: string[] = [];
    @Injectable()
    class Inbox {
      @OnNotification('*')
      onAny(@Text() text: string) {
        texts.push(text);
      }
    }
    await harness.run({ providers: [Inbox] });
    for (const raw of ['null', '[]', '{}', '"text"']) {
      harness.instance.publish(raw);
    }
    await harness.instance.publish(harness.instance.build.incomingText('after')).deleted;
    expect(texts).toEqual(['after']);
    expect(harness.logs.having('ERROR', 'is not a notification')).toHaveLength(4);
  });

  it('serves several instances side by side', async () => {
    await using harness = await PollingHarness.start(1101, 1102);
    const release = new Deferred();
    const seen: string[] = [];
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      async onText(@Text() text: string, @Ctx() { instance }: NotificationContext) {
        seen.push(`${instance.idInstance} ${text}`);
        if (text === 'slow') await release.promise;
      }
    }
    await harness.run({ providers: [Inbox] });
    const [slow, quick] = [harness.emulator.instance(1101), harness.emulator.instance(1102)];
    const held = slow.publish(slow.build.incomingText('slow'));
    await held.handedOut;
    await quick.publish(quick.build.incomingText('quick')).deleted;
    expect(held.state).toBe('queued');
    release.resolve();
    await held.deleted;
    expect(seen.toSorted()).toEqual(['1101 slow', '1102 quick']);
  });

  it('answers through the instance that the notification came from', async () => {
    await using harness = await PollingHarness.start();
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      async onText(@Ctx() context: NotificationContext) {
        await context.reply('Hello to you', { quote: true });
      }
    }
    await harness.run({ providers: [Inbox] });
    const chatId = '79001112233@c.us';
    const question = harness.instance.build.incomingText('hello', { chatId, idMessage: 'A1' });
    await harness.instance.publish(question).deleted;
    expect(harness.instance.sentMessages).toMatchObject([
      { chatId, message: 'Hello to you', quotedMessageId: 'A1' },
    ]);
  });
});
