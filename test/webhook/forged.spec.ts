import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

import { extraHeaders } from '@green-notifications/emulator';
import { OnNotification } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Injectable } from '@nestjs/common';

import { PLATFORMS, WEBHOOK_TOKEN, WebhookHarness } from './webhook.harness.js';

@Injectable()
class Inbox {
  readonly seen: Record<string, unknown>[] = [];

  @OnNotification('*')
  on(notification: object) {
    this.seen.push(notification as Record<string, unknown>);
  }
}

@Controller('health')
class HealthController {
  @Get()
  ok(): string {
    return 'ok';
  }
}

const HOST = { providers: [Inbox], controllers: [HealthController] };

/** Writes bytes, and gives back everything that comes until the other side ends the connection. */
async function raw(url: string, ...pieces: string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  for (const piece of pieces) socket.write(piece);
  return text(socket);
}

describe.each(PLATFORMS)('forged webhooks on %s', (platform) => {
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
    expect(await statusOf('first', 1101000002)).toBe(401);
    expect(await statusOf(WEBHOOK_TOKEN, 1101000001)).toBe(401);
  });

  it('answers a forged 10 MB body without reading it into memory', async () => {
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
  ])('answers 413 to a body that is too large %s', async (_name, headers) => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(HOST, { webhook: { bodyLimitBytes: 10_000 } });
    const body = JSON.stringify({ ...harness.text(), padding: 'x'.repeat(500_000) });
    expect(await harness.post(url, body, { headers })).toMatchObject({ status: 413, body: '' });
    expect(app.get(Inbox).seen).toEqual([]);
  });

  it('takes bodies that are larger than the host allows itself', async () => {
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
  ])('answers 400 to %s', async (_name, body) => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(HOST);
    expect(await harness.post(url, body)).toMatchObject({ status: 400, body: '' });
    expect(app.get(Inbox).seen).toEqual([]);
  });

  it('handles a body that nests 64 deep', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(HOST);
    const body = JSON.stringify(harness.text()).replace(
      /}$/,
      `,"deep":${'['.repeat(63)}${']'.repeat(63)}}`,
    );
    expect((await harness.post(url, body)).status).toBe(200);
  });

  it('removes keys that could reach a prototype', async () => {
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

  it('does not depend on the content type', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(HOST);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'nonsense', []]) {
      const headers = { 'content-type': type };
      expect((await harness.post(url, harness.text(String(type)), { headers })).status).toBe(200);
    }
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

  it('finds the way around the gate closed', async () => {
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

  it('refuses a header of 64 kB', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(HOST);
    const headers = { 'x-long': 'x'.repeat(64_000) };
    expect((await harness.post(url, harness.text(), { headers })).status).toBe(431);
    expect(app.get(Inbox).seen).toEqual([]);
  });

  it('closes on a body that does not arrive, while others are served', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(HOST, { webhook: { bodyTimeoutMs: 50 } });
    const slow = raw(
      url,
      'POST /green-api/webhook HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n' +
        `authorization: Bearer ${WEBHOOK_TOKEN}\r\n\r\n{"typeWebhook":`,
    );
    expect((await fetch(url.replace('green-api/webhook', 'health'))).status).toBe(200);
    expect((await harness.post(url, harness.text())).status).toBe(200);
    expect(await slow).toMatch(/^HTTP\/1\.1 408 .*connection: close/is);
  });

  it('leaves slow headers to the limits of the server, while others are served', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(HOST);
    const { port } = new URL(url);
    const slow = connect({ host: '127.0.0.1', port: Number(port) });
    slow.write('POST /green-api/webhook HTTP/1.1\r\nhost: x\r\nauthoriz');
    expect((await harness.post(url, harness.text())).status).toBe(200);
    const { headersTimeout } = app.getHttpServer() as { headersTimeout: number };
    expect(headersTimeout).toBeGreaterThan(0);
    slow.destroy();
  });

  it('bears a connection that ends in the middle of a body', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(HOST);
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    await new Promise<void>((resolve) => {
      socket.write(
        'POST /green-api/webhook HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n' +
          `authorization: Bearer ${WEBHOOK_TOKEN}\r\n\r\n{"typeWebhook":`,
        () => resolve(),
      );
    });
    socket.destroy();
    expect((await harness.post(url, harness.text())).status).toBe(200);
    expect(app.get(Inbox).seen).toHaveLength(1);
  });

  it('says once why it refuses, however often it does', async () => {
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

  it('gets a genuine one that was sent with a wrong token once, the next time', async () => {
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
