import { connect } from 'node:net';

import { describe, expect, it } from '@jest/globals';

import { CountingInbox } from '../webhook/support/application-in-the-way.js';
import { PLATFORMS, WEBHOOK_TOKEN, WebhookHarness } from '../webhook/webhook.harness.js';

const TINY = '1\r\nx\r\n'.repeat(1_000_000);

/** Sends a million chunks of one byte; returns the answer, if it came before the connection ended. */
async function sendTinyChunks(url: string, token: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  let answer = '';
  socket.on('data', (data) => (answer += String(data)));
  socket.on('error', () => {});
  socket.write(
    `POST /green-api/webhook HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n` +
      'content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
  );
  socket.write(TINY);
  await new Promise((resolve) => socket.once('close', resolve));
  return answer;
}

describe.each(PLATFORMS)('a million chunks of one byte, on %s', (platform) => {
  it.each([
    ['of a stranger', 'wrong', 401],
    ['of a sender with a token', WEBHOOK_TOKEN, 408],
  ])('%s are cut off', async (_who, token, status) => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run({ providers: [CountingInbox] });
    const before = process.cpuUsage();
    const answer = await sendTinyChunks(url, token);
    const { user, system } = process.cpuUsage(before);
    expect(answer).toMatch(new RegExp(`^(HTTP/1.1 ${status} |$)`));
    // The whole million costs more than a second, here and in the sender.
    expect((user + system) / 1000).toBeLessThan(700);
    expect(harness.logs.having('WARN', `with ${status}`)).toHaveLength(1);
    expect((await harness.post(url, harness.text())).status).toBe(200);
  });
});
