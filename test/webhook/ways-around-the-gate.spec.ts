import { connect } from 'node:net';

import { GreenNotificationsModule } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { RouterModule } from '@nestjs/core';

import { CountingInbox } from './support/application-in-the-way.js';
import { PLATFORMS, WEBHOOK_TOKEN, WebhookHarness } from './webhook.harness.js';

/** More than Express's own parser takes. */
const LARGE = 'x'.repeat(200_000);

/** The status that a POST is answered as soon as this much of it was sent. */
function statusOf(
  url: string,
  { target, token = WEBHOOK_TOKEN, body }: { target: string; token?: string; body?: string },
): Promise<number> {
  const { hostname, port } = new URL(url);
  const lengthBytes = body === undefined ? 1000 : Buffer.byteLength(body);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.write(
      `POST ${target} HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${token}\r\n` +
        `content-type: application/json\r\ncontent-length: ${lengthBytes}\r\n\r\n${body ?? ''}`,
    );
    socket.once('data', (answer) => {
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(String(answer))?.[1]));
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

describe.each(PLATFORMS)('there is no way around the gate on %s', (platform) => {
  it('where RouterModule gives the route a prefix', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({
      imports: [RouterModule.register([{ path: 'hooks', module: GreenNotificationsModule }])],
      providers: [CountingInbox],
    });
    const prefixed = url.replace('/green-api', '/hooks/green-api');
    const target = new URL(prefixed).pathname;
    expect(await statusOf(url, { target, token: 'wrong' })).toBe(401);
    expect((await harness.post(prefixed, harness.text(LARGE))).status).toBe(200);
    expect(app.get(CountingInbox).seen).toBe(1);
  });

  it('by a request that names its whole URL', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [CountingInbox] });
    const body = JSON.stringify(harness.text(LARGE));
    expect(await statusOf(url, { target: url, token: 'wrong' })).toBe(401);
    expect(await statusOf(url, { target: url, body })).toBe(200);
    expect(app.get(CountingInbox).seen).toBe(1);
  });
});
