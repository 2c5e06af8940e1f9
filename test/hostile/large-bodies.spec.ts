import { InMemoryDeadLetterStore } from '@green-notifications/nestjs/testing';
import { describe, expect, it, jest } from '@jest/globals';

import { eventually } from '../road/support/eventually.js';
import { PLATFORMS, WebhookHarness } from '../webhook/webhook.harness.js';
import { Waiting } from './support/waiting.js';

// Some of these bodies take a while to be sent.
jest.setTimeout(60_000);

const MIB = 1024 * 1024;

describe.each(PLATFORMS)('large webhooks of a sender with a token, on %s', (platform) => {
  it('that hold a million values are not read, and become a dead letter', async () => {
    await using harness = await WebhookHarness.start(platform);
    const store = new InMemoryDeadLetterStore();
    const { url } = await harness.run({ providers: [Waiting] }, { deadLetters: { store } });
    const body = `{"typeWebhook":"new","instanceData":{"idInstance":1101000001},"list":[${'{},'.repeat(1_000_000)}{}]}`;
    expect((await harness.post(url, body)).status).toBe(200);
    const [letter] = await store.list();
    expect(letter).toMatchObject({ kind: 'unreadable', cutOffFrom: body.length });
    expect((letter as { body: string }).body).toBe(body.slice(0, 256 * 1024));
  });

  it('are answered 503 when too many are in memory, and are taken after others are handled', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [Waiting] });
    const waiting = app.get(Waiting);
    const posts = Array.from({ length: 16 }, (_, index) =>
      harness.post(url, harness.text(`${index} ${'x'.repeat(4 * MIB)}`)),
    );
    let refused = 0;
    // A sender that goes on sending after the answer may see nothing but the end of the connection.
    const wasRefused = () => (refused += 1);
    for (const post of posts) post.then(({ status }) => status === 503 && wasRefused(), wasRefused);
    await eventually('each to be taken or refused', () => waiting.count + refused === 16, 30_000);
    expect(waiting.count).toBeGreaterThanOrEqual(3);
    expect(refused).toBeGreaterThanOrEqual(4);
    waiting.released.resolve();
    const answers = await Promise.allSettled(posts);
    const handled = answers.filter((one) => one.status === 'fulfilled' && one.value.status === 200);
    expect(handled).toHaveLength(waiting.count);
    expect((await harness.post(url, harness.text('y'.repeat(4 * MIB)))).status).toBe(200);
  });
});
