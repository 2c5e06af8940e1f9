import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

import { describe, expect, it } from '@jest/globals';

import { HOST, Inbox } from './support/host-application.js';
import { PLATFORMS, WEBHOOK_TOKEN, WebhookHarness } from './webhook.harness.js';

/** Writes bytes, and gives back everything that comes until the other side ends the connection. */
async function raw(url: string, ...pieces: string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  for (const piece of pieces) socket.write(piece);
  return text(socket);
}

describe.each(PLATFORMS)('bad connections on %s', (platform) => {
  it('are refused with a header of 64 kB', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(HOST);
    const headers = { 'x-long': 'x'.repeat(64_000) };
    expect((await harness.post(url, harness.text(), { headers })).status).toBe(431);
    expect(app.get(Inbox).seen).toEqual([]);
  });

  it('are closed when a body does not arrive, while others are served', async () => {
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

  it('are left to the limits of the server with slow headers, while others are served', async () => {
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

  it('may end in the middle of a body', async () => {
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
});
