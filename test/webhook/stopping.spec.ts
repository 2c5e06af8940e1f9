import { GreenNotifications, OnNotification } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { Deferred } from '../support/deferred.js';
import { Inbox, SlowInbox } from './support/inboxes.js';
import { PLATFORMS, WebhookHarness } from './webhook.harness.js';

describe.each(PLATFORMS)('an application that receives webhooks and stops, on %s', (platform) => {
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
});
