import { sentTwice } from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';

import { Inbox, SlowInbox } from './support/inboxes.js';
import { PLATFORMS, WebhookHarness } from './webhook.harness.js';

describe.each(PLATFORMS)('a webhook that is sent again on %s', (platform) => {
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
    expect(harness.logs.having('WARN', 'they keep running')).toHaveLength(1);
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
});
