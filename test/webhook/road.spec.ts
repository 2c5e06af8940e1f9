import { sentTwice } from '@green-notifications/emulator';
import {
  GreenNotifications,
  type IncomingMessage,
  InMemoryDeadLetterStore,
  Ctx,
  NotificationContext,
  OnNotification,
  textOf,
} from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { Deferred } from '../support/deferred.js';
import { PLATFORMS, WebhookHarness } from './webhook.harness.js';

@Injectable()
class Inbox {
  readonly texts: string[] = [];

  @OnNotification('incomingMessageReceived')
  onMessage(message: IncomingMessage) {
    this.texts.push(textOf(message) ?? '');
  }
}

/** Works until it is told to end. */
@Injectable()
class SlowInbox {
  runs = 0;
  readonly begun = new Deferred();
  readonly work = new Deferred();

  @OnNotification('incomingMessageReceived')
  async onMessage() {
    this.runs += 1;
    this.begun.resolve();
    await this.work.promise;
  }
}

describe.each(PLATFORMS)('the road of a webhook on %s', (platform) => {
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

  it('runs the handler once for what is sent twenty times while it is being handled', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [SlowInbox] });
    const inbox = app.get(SlowInbox);
    const body = harness.text();
    const answers = Array.from({ length: 20 }, () => harness.post(url, body));
    await inbox.begun.promise;
    inbox.work.resolve();
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
    expect(inbox.runs).toBe(1);
  });

  it('runs the handler once for 20 notifications that are each sent twice', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [Inbox] });
    harness.pushTo(url);
    const { instance, emulator } = harness;
    emulator.faults.nextPush({ times: 20 }, sentTwice());
    for (let n = 0; n < 20; n += 1) instance.publish(instance.build.incomingText(String(n)));
    await instance.drained();
    expect(app.get(Inbox).texts).toEqual(Array.from({ length: 20 }, (_, n) => String(n)));
  });

  it('answers 200 to what comes again after it was handled, without another run', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [Inbox] });
    const body = harness.text('once');
    expect(await harness.post(url, body)).toMatchObject({ status: 200 });
    expect(await harness.post(url, body)).toMatchObject({ status: 200 });
    expect(app.get(Inbox).texts).toEqual(['once']);
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

  it('answers 503 in time while the handler goes on, and the resend joins it', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(
      { providers: [SlowInbox] },
      { webhook: { answerTimeoutMs: 30 } },
    );
    const inbox = app.get(SlowInbox);
    const body = harness.text();
    expect(await harness.post(url, body)).toMatchObject({ status: 503, body: '' });
    inbox.work.resolve();
    expect(await harness.post(url, body)).toMatchObject({ status: 200 });
    expect(inbox.runs).toBe(1);
    expect(harness.logs.having('WARN', 'the handler goes on')).toHaveLength(1);
  });

  it('keeps the result when the sender hangs up', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [SlowInbox] });
    const inbox = app.get(SlowInbox);
    const body = harness.text();
    const hungUp = new AbortController();
    const first = fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${harness.options().webhook?.token as string}` },
      body: JSON.stringify(body),
      signal: hungUp.signal,
    }).catch(() => 'gone');
    await inbox.begun.promise;
    hungUp.abort();
    expect(await first).toBe('gone');
    inbox.work.resolve();
    expect(await harness.post(url, body)).toMatchObject({ status: 200 });
    expect(inbox.runs).toBe(1);
  });

  it('answers what is in flight with its outcome when the application stops, and refuses the rest', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [SlowInbox] });
    const inbox = app.get(SlowInbox);
    const inFlight = harness.post(url, harness.text('in flight'));
    await inbox.begun.promise;
    const stopped = app.get(GreenNotifications).stop();
    expect(await harness.post(url, harness.text('too late'))).toMatchObject({ status: 503 });
    inbox.work.resolve();
    expect(await inFlight).toMatchObject({ status: 200 });
    await stopped;
    await app.close();
    expect(inbox.runs).toBe(1);
  });

  it('answers what is in flight before the application closes its connections', async () => {
    const allBegun = new Deferred();
    @Injectable()
    class CountingInbox extends SlowInbox {
      @OnNotification('incomingMessageReceived')
      override async onMessage() {
        if (this.runs === 9) allBegun.resolve();
        await super.onMessage();
      }
    }
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [CountingInbox] });
    const inFlight = Array.from({ length: 10 }, (_, n) =>
      harness.post(url, harness.text(String(n))),
    );
    await allBegun.promise;
    const closed = app.close();
    app.get(CountingInbox).work.resolve();
    const statuses = (await Promise.all(inFlight)).map(({ status }) => status);
    expect(statuses).toEqual(Array.from({ length: 10 }, () => 200));
    await closed;
  });

  it('answers 503 to what is not finished when the time to stop is over', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [SlowInbox] }, { shutdownTimeoutMs: 20 });
    const inbox = app.get(SlowInbox);
    const inFlight = harness.post(url, harness.text());
    await inbox.begun.promise;
    await app.get(GreenNotifications).stop();
    expect(await inFlight).toMatchObject({ status: 503 });
    inbox.work.resolve();
  });

  it('receives again after it was stopped and started', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [Inbox] });
    await app.get(GreenNotifications).stop();
    expect(await harness.post(url, harness.text('first'))).toMatchObject({ status: 503 });
    await app.get(GreenNotifications).start();
    expect(await harness.post(url, harness.text('second'))).toMatchObject({ status: 200 });
    expect(app.get(Inbox).texts).toEqual(['second']);
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
