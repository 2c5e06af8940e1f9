import { extraHeaders } from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';

import { HOST, Inbox } from './support/host-application.js';
import { PLATFORMS, WEBHOOK_TOKEN, WebhookHarness } from './webhook.harness.js';

describe.each(PLATFORMS)('the token check of webhooks on %s', (platform) => {
  it.each([
    ['no token', { authorization: [] }],
    ['an empty one', { authorization: '' }],
    ['only a scheme', { authorization: 'Bearer ' }],
    ['a wrong token', { authorization: 'Bearer wrong' }],
    ['the token and more', { authorization: `Bearer ${WEBHOOK_TOKEN}x` }],
    ['another scheme', { authorization: `Digest ${WEBHOOK_TOKEN}` }],
    ['the right token twice', { authorization: [`Bearer ${WEBHOOK_TOKEN}`, 'Bearer x'] }],
    ['a wrong one first', { authorization: ['Bearer x', `Bearer ${WEBHOOK_TOKEN}`] }],
    ['the same one twice', { authorization: Array(2).fill(`Bearer ${WEBHOOK_TOKEN}`) as string[] }],
  ])('answers 401 to %s', async (_name, headers) => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(HOST);
    const answer = await harness.post(url, harness.text(), { headers });
    expect(answer).toMatchObject({ status: 401, body: '' });
    expect(app.get(Inbox).seen).toEqual([]);
  });

  it.each([
    `Bearer ${WEBHOOK_TOKEN}`,
    `bearer ${WEBHOOK_TOKEN}`,
    `Basic ${WEBHOOK_TOKEN}`,
    WEBHOOK_TOKEN,
  ])('lets %s in', async (authorization) => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(HOST);
    const answer = await harness.post(url, harness.text(), { headers: { authorization } });
    expect(answer.status).toBe(200);
  });

  it('accepts the whole header as the token, for those who typed the scheme into the setting', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(HOST, { webhook: { token: 'Basic dXNlcjpwYXNz' } });
    const headers = { authorization: 'Basic dXNlcjpwYXNz' };
    expect((await harness.post(url, harness.text(), { headers })).status).toBe(200);
  });

  it('accepts each of several tokens, so that they can be changed', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(HOST, { webhook: { token: ['new', 'old'] } });
    const statuses = await Promise.all(
      ['new', 'old', 'older'].map(async (token) => {
        const headers = { authorization: `Bearer ${token}` };
        return (await harness.post(url, harness.text(token), { headers })).status;
      }),
    );
    expect(statuses).toEqual([200, 200, 401]);
  });

  it('lets a token of one instance post for that instance alone', async () => {
    await using harness = await WebhookHarness.start(platform, 1101000001, 1101000002);
    const { url } = await harness.run(HOST, {
      instances: { 0: { webhookToken: 'first' }, 1: { webhookToken: ['second', 'other'] } },
    });
    const statusOf = async (token: string, idInstance: number) => {
      const body = harness.emulator.instance(idInstance).build.incomingText(token);
      const headers = { authorization: `Bearer ${token}` };
      return (await harness.post(url, body, { headers })).status;
    };
    expect(await statusOf('first', 1101000001)).toBe(200);
    expect(await statusOf('other', 1101000002)).toBe(200);
    expect(await statusOf('first', 1101000002)).toBe(404);
    expect(await statusOf(WEBHOOK_TOKEN, 1101000001)).toBe(404);
  });

  it('answers 404 for an instance that is not ours', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(HOST);
    const body = {
      ...harness.text(),
      instanceData: { idInstance: 9999, wid: '', typeInstance: '' },
    };
    expect(await harness.post(url, body)).toMatchObject({ status: 404, body: '' });
    expect(app.get(Inbox).seen).toEqual([]);
  });

  it('has no other method than POST', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(HOST);
    for (const method of ['GET', 'PUT', 'DELETE']) {
      expect((await harness.post(url, harness.text(), { method })).status).toBe(404);
    }
  });

  it('lets no other spelling of the address past it', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(HOST);
    const headers = { authorization: 'Bearer wrong' };
    for (const other of [
      url.replace('green-api', 'GREEN-API'),
      `${url}/`,
      `${url}//`,
      `${url}?a=1`,
      url.replace('/webhook', '/%77ebhook'),
      url.replace('/green-api', '//green-api'),
    ]) {
      const { status } = await harness.post(other, harness.text(), { headers });
      expect([400, 401, 404]).toContain(status);
    }
    expect(app.get(Inbox).seen).toEqual([]);
  });

  it('logs once why it refuses, however often it does', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(HOST);
    const headers = { authorization: 'Bearer wrong' };
    await Promise.all(
      Array.from({ length: 5 }, () => harness.post(url, harness.text(), { headers })),
    );
    expect(harness.logs.having('WARN', 'Refused')).toHaveLength(1);
    await app.close();
    expect(harness.logs.having('WARN', 'Refused 4 more')).toHaveLength(1);
  });

  it('lets a genuine webhook in at the next try after a wrong token', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(HOST);
    const { instance, emulator } = harness;
    emulator.faults.nextPush({}, extraHeaders({ authorization: 'Bearer wrong' }));
    harness.pushTo(url);
    const entry = instance.publish(instance.build.incomingText('hi'));
    await entry.deleted;
    expect(entry.handOuts.map(({ status }) => status)).toEqual([401, 200]);
  });
});
