import { describe, expect, it } from '@jest/globals';

import { HOST, Inbox } from './support/host-application.js';
import { PLATFORMS, WebhookHarness } from './webhook.harness.js';

describe.each(PLATFORMS)('the body of a webhook on %s', (platform) => {
  it('is not read into memory when it is 10 MB and forged', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(HOST);
    const body = JSON.stringify({ ...harness.text(), padding: 'x'.repeat(10_000_000) });
    const headers = { authorization: 'Bearer wrong' };
    expect(await harness.post(url, body, { headers })).toMatchObject({ status: 401 });
    expect(app.get(Inbox).seen).toEqual([]);
  });

  it.each([
    ['as it says', {}],
    ['without saying so', { 'content-length': [], 'transfer-encoding': 'chunked' }],
  ])('is answered 413 when it is too large %s', async (_name, headers) => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(HOST, { webhook: { bodyLimitBytes: 10_000 } });
    const body = JSON.stringify({ ...harness.text(), padding: 'x'.repeat(500_000) });
    expect(await harness.post(url, body, { headers })).toMatchObject({ status: 413, body: '' });
    expect(app.get(Inbox).seen).toEqual([]);
  });

  it('may be larger than the host allows itself', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(HOST);
    const padding = 'x'.repeat(4_000_000);
    const body = { ...harness.text(), padding };
    expect(await harness.post(url, body)).toMatchObject({ status: 200 });
    expect(app.get(Inbox).seen[0]?.['padding']).toHaveLength(padding.length);
  });

  it.each([
    ['broken JSON', '{"typeWebhook":"incoming'],
    ['no JSON', 'typeWebhook=x'],
    ['nothing', ''],
    ['[]', '[]'],
    ['null', 'null'],
    ['a string', '"typeWebhook"'],
    ['a number', '1'],
    ['an object that nests 100,000 deep', `{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}`],
  ])('is answered 400 when it is %s', async (_name, body) => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(HOST);
    expect(await harness.post(url, body)).toMatchObject({ status: 400, body: '' });
    expect(app.get(Inbox).seen).toEqual([]);
  });

  it('may nest 64 deep', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(HOST);
    const body = JSON.stringify(harness.text()).replace(
      /}$/,
      `,"deep":${'['.repeat(63)}${']'.repeat(63)}}`,
    );
    expect((await harness.post(url, body)).status).toBe(200);
  });

  it('loses keys that could reach a prototype', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(HOST);
    const body = JSON.stringify(harness.text()).replace(
      /^{/,
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
    );
    expect((await harness.post(url, body)).status).toBe(200);
    const [seen] = app.get(Inbox).seen;
    expect(seen?.['polluted']).toBeUndefined();
    expect(Object.getPrototypeOf(seen)).toBe(Object.prototype);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('may have any content type', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(HOST);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'nonsense', []]) {
      const headers = { 'content-type': type };
      expect((await harness.post(url, harness.text(String(type)), { headers })).status).toBe(200);
    }
  });
});
