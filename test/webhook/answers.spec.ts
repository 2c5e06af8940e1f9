import { Ctx, NotificationContext, OnNotification } from '@green-notifications/nestjs';
import { InMemoryDeadLetterStore } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { Inbox } from './support/inboxes.js';
import { PLATFORMS, WebhookHarness } from './webhook.harness.js';

describe.each(PLATFORMS)('a webhook on %s', (platform) => {
  it('answers 200 with an empty body once the handler has succeeded', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [Inbox] });
    const answer = await harness.post(url, harness.text('hello'));
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(app.get(Inbox).texts).toEqual(['hello']);
  });

  it('takes what the emulator posts, in order, and never polls', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [Inbox] });
    harness.pushTo(url);
    const { instance } = harness;
    for (const text of ['one', 'two', 'three']) instance.publish(instance.build.incomingText(text));
    await instance.drained();
    expect(app.get(Inbox).texts).toEqual(['one', 'two', 'three']);
    expect(instance.ledger.redelivered).toEqual([]);
    expect(instance.requests.records).toEqual([]);
  });

  it('answers 500 while a handler fails, and runs only that one again', async () => {
    @Injectable()
    class Flaky extends Inbox {
      attempts = 0;

      @OnNotification('*')
      onAny() {
        this.attempts += 1;
        if (this.attempts < 3) throw new Error('not yet');
      }
    }
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [Flaky] });
    harness.pushTo(url);
    const entry = harness.instance.publish(harness.instance.build.incomingText('once'));
    await entry.deleted;
    expect(entry.handOuts.map(({ status }) => status)).toEqual([500, 500, 200]);
    expect(app.get(Flaky)).toMatchObject({ attempts: 3, texts: ['once'] });
  });

  it('tells the handler that it came by webhook', async () => {
    const transports: string[] = [];
    @Injectable()
    class Curious {
      @OnNotification('*')
      on(@Ctx() context: NotificationContext) {
        transports.push(context.transport);
      }
    }
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run({ providers: [Curious] });
    await harness.post(url, harness.text());
    expect(transports).toEqual(['webhook']);
  });

  it('answers 200 once the notification is a dead letter', async () => {
    @Injectable()
    class Hopeless {
      @OnNotification('*')
      on() {
        throw new Error('never');
      }
    }
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(
      { providers: [Hopeless] },
      {
        deadLetters: { store: new InMemoryDeadLetterStore() },
        retry: { attempts: 2, backoff: { initialMs: 1 } },
      },
    );
    const body = harness.text();
    expect(await harness.post(url, body)).toMatchObject({ status: 500 });
    expect(await harness.post(url, body)).toMatchObject({ status: 200 });
  });

  it('tells instances apart by idInstance', async () => {
    const seen: string[] = [];
    @Injectable()
    class Both {
      @OnNotification('*', { instance: 'sales' })
      sales() {
        seen.push('sales');
      }
      @OnNotification('*', { instance: 'support' })
      support() {
        seen.push('support');
      }
    }
    await using harness = await WebhookHarness.start(platform, 1101000001, 310000000002);
    const { url } = await harness.run(
      { providers: [Both] },
      { instances: { 0: { name: 'sales' }, 1: { name: 'support' } } },
    );
    const second = harness.emulator.instance(310000000002);
    await harness.post(url, second.build.incomingText('a'));
    await harness.post(url, harness.text('b'));
    expect(seen).toEqual(['support', 'sales']);
  });

  it('passes kinds that nobody knows yet, and fields that nobody knows', async () => {
    const kinds: string[] = [];
    @Injectable()
    class Unknowns {
      @OnNotification('unknown')
      on(notification: { typeWebhook: string }) {
        kinds.push(notification.typeWebhook);
      }
    }
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run({ providers: [Unknowns] });
    const body = harness.instance.build.notification('somethingNew', { more: { and: 'more' } });
    expect(await harness.post(url, body)).toMatchObject({ status: 200 });
    expect(kinds).toEqual(['somethingNew']);
  });

  it('lets the queue go on when an object is no notification', async () => {
    await using harness = await WebhookHarness.start(platform);
    const deadLetters = { store: new InMemoryDeadLetterStore() };
    const { app, url } = await harness.run({ providers: [Inbox] }, { deadLetters });
    expect(await harness.post(url, { no: 'typeWebhook' })).toMatchObject({ status: 200, body: '' });
    expect(app.get(Inbox).texts).toEqual([]);
    expect(harness.logs.having('ERROR', '')).toHaveLength(1);
  });
});
