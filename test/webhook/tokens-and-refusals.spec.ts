import { GreenNotifications } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import { CountingInbox } from './support/application-in-the-way.js';
import { PLATFORMS, WEBHOOK_TOKEN, WebhookHarness } from './webhook.harness.js';

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

describe.each(PLATFORMS)('webhook.token as a function, on %s', (platform) => {
  it('takes a new token without a restart', async () => {
    await using harness = await WebhookHarness.start(platform);
    let tokens = [WEBHOOK_TOKEN];
    const webhook = { token: () => tokens };
    const { url } = await harness.run({ providers: [CountingInbox] }, { webhook });
    const post = async (token: string) =>
      (await harness.post(url, harness.text(), bearer(token))).status;
    expect([await post(WEBHOOK_TOKEN), await post('the next token')]).toEqual([200, 401]);
    tokens = ['the next token'];
    expect([await post(WEBHOOK_TOKEN), await post('the next token')]).toEqual([401, 200]);
  });

  it('refuses every webhook while it throws, and logs it once', async () => {
    await using harness = await WebhookHarness.start(platform);
    let isBroken = false;
    const token = () => {
      if (isBroken) throw new Error('vault is sealed');
      return WEBHOOK_TOKEN;
    };
    const { url } = await harness.run({ providers: [CountingInbox] }, { webhook: { token } });
    isBroken = true;
    for (let time = 0; time < 3; time += 1) {
      expect((await harness.post(url, harness.text())).status).toBe(401);
    }
    expect(harness.logs.having('ERROR', 'webhook.token failed')).toHaveLength(1);
    isBroken = false;
    expect((await harness.post(url, harness.text())).status).toBe(200);
  });
});

describe.each(PLATFORMS)('refused webhooks on %s', (platform) => {
  it('are counted in the status by reason', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [CountingInbox] });
    await harness.post(url, harness.text(), bearer('wrong'));
    await harness.post(url, harness.text(), bearer('wrong'));
    await harness.post(url, { ...harness.text(), instanceData: { idInstance: 9 } });
    expect(app.get(GreenNotifications).status.refusedWebhooks).toEqual({ token: 2, instance: 1 });
  });

  it('are no longer answered when one address sends many, and a valid token still is', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run({ providers: [CountingInbox] });
    const forged = await Promise.allSettled(
      Array.from({ length: 60 }, () => harness.post(url, harness.text(), bearer('wrong'))),
    );
    const answers = forged.filter(({ status }) => status === 'fulfilled');
    expect(answers.length).toBeLessThanOrEqual(30);
    expect(answers.length).toBeGreaterThan(0);
    expect((await harness.post(url, harness.text())).status).toBe(200);
  });

  it('of a token for one instance do not tell which other instances exist', async () => {
    await using harness = await WebhookHarness.start(platform, 1101000001, 1101000002);
    const own = 'a token of the second only';
    const { url } = await harness.run(
      { providers: [CountingInbox] },
      { instances: { 1: { webhookToken: own } } },
    );
    const post = async (idInstance: number) => {
      const body = { ...harness.text(), instanceData: { idInstance } };
      return (await harness.post(url, body, bearer(own))).status;
    };
    expect([await post(1101000001), await post(1101000009)]).toEqual([404, 404]);
    expect(await post(1101000002)).toBe(200);
    const common = async (idInstance: number) =>
      (await harness.post(url, { ...harness.text(), instanceData: { idInstance } })).status;
    expect([await common(1101000002), await common(1101000009)]).toEqual([404, 404]);
  });

  it('of a token that is for no instance here are refused without an instance, too', async () => {
    await using harness = await WebhookHarness.start(platform, 1101000001, 1101000002);
    const own = 'a token of the second only';
    const { url } = await harness.run(
      { providers: [CountingInbox] },
      { instances: { 1: { webhookToken: own, transport: 'polling' } } },
    );
    expect((await harness.post(url, { typeWebhook: 'x' }, bearer(own))).status).toBe(404);
  });
});

describe('webhook.maxAgeMs', () => {
  const DAY_MS = 24 * 60 * 60 * 1000;
  const aged = (text: object, ageMs: number) => ({
    ...text,
    timestamp: Math.floor((Date.now() - ageMs) / 1000),
  });

  it('refuses a recorded webhook that is older, and takes one that GREEN-API delivers late', async () => {
    await using harness = await WebhookHarness.start('express');
    const { url } = await harness.run(
      { providers: [CountingInbox] },
      { webhook: { maxAgeMs: DAY_MS } },
    );
    const post = async (ageMs: number) =>
      (await harness.post(url, aged(harness.text(), ageMs))).status;
    expect(await post(DAY_MS + 60_000)).toBe(403);
    expect(await post(DAY_MS - 60_000)).toBe(200);
  });

  it('cannot be less than GREEN-API may be late', async () => {
    await using harness = await WebhookHarness.start('express');
    await expect(
      harness.run({ providers: [CountingInbox] }, { webhook: { maxAgeMs: DAY_MS - 1 } }),
    ).rejects.toThrow('webhook.maxAgeMs');
  });
});
