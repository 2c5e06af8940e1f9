import { describe, expect, it, jest } from '@jest/globals';

import { eventually } from '../road/support/eventually.js';
import { CountingInbox } from '../webhook/support/application-in-the-way.js';
import { PLATFORMS, WEBHOOK_TOKEN, WebhookHarness } from '../webhook/webhook.harness.js';
import { Connection, rawPost } from './support/connection.js';

jest.setTimeout(60_000);

const MIB = 1024 * 1024;

const posted = (headers: readonly string[], body = '', token = WEBHOOK_TOKEN) =>
  [
    'POST /green-api/webhook HTTP/1.1',
    'host: x',
    `authorization: Bearer ${token}`,
    'content-type: application/json',
    ...headers,
    '',
    body,
  ].join('\r\n');

const SMUGGLED = posted(['content-length: 2'], '{}');

describe.each(PLATFORMS)('a request that is not as it should be, on %s', (platform) => {
  it.each([
    ['two lengths', posted(['content-length: 2', 'content-length: 3'], '{}'), 400],
    [
      'a length and chunks, and another request inside',
      posted(
        [`content-length: ${SMUGGLED.length + 5}`, 'transfer-encoding: chunked'],
        '0\r\n\r\n',
      ) + SMUGGLED,
      400,
    ],
    [
      'chunks that are not the last coding',
      posted(['transfer-encoding: chunked, identity'], '0\r\n\r\n'),
      400,
    ],
    ['thousands of headers', posted(Array.from({ length: 5000 }, (_, n) => `x-${n}: 1`)), 431],
    ['the beginning of HTTP/2', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${'\0'.repeat(100)}`, 400],
  ])('with %s is refused once, and the connection is closed', async (_what, request, status) => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [CountingInbox] });
    using attacker = await Connection.open(url);
    attacker.socket.write(request);
    await attacker.closed();
    expect(attacker.statuses).toEqual([status]);
    expect(app.get(CountingInbox).seen).toBe(0);
    expect((await harness.post(url, harness.text())).status).toBe(200);
  });

  it('that asks whether to go on, and never does, is answered 408, or 401 at once', async () => {
    await using harness = await WebhookHarness.start(platform);
    const webhook = { bodyTimeoutMs: 50 };
    const { url } = await harness.run({ providers: [CountingInbox] }, { webhook });
    const headers = ['content-length: 5000', 'expect: 100-continue'];
    for (const [token, status] of [
      [WEBHOOK_TOKEN, 408],
      ['wrong', 401],
    ] as const) {
      using attacker = await Connection.open(url);
      attacker.socket.write(posted(headers, '', token));
      await attacker.closed();
      expect(attacker.statuses).toEqual([100, status]);
    }
  });

  it('that is reset in its body leaves nothing behind', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [CountingInbox] });
    for (let round = 0; round < 20; round += 1) {
      const attackers = await Promise.all(Array.from({ length: 3 }, () => Connection.open(url)));
      await Promise.all(
        attackers.map(async ({ socket }) => {
          await new Promise((sent) => socket.write(rawPost('x', { length: 5 * MIB }), sent));
          socket.resetAndDestroy();
        }),
      );
    }
    const large = () => harness.post(url, harness.text('y'.repeat(4 * MIB)));
    await eventually('the memory to be free again', async () => (await large()).status === 200);
    expect(app.get(CountingInbox).seen).toBe(1);
    expect(harness.logs.having('WARN', 'with 400').length).toBeLessThanOrEqual(1);
  });

  it('that holds megabytes of bytes that are no text is handled, whatever is left of it', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [CountingInbox] });
    using attacker = await Connection.open(url);
    const [before, behind] = ['{"instanceData":{"idInstance":1101000001},"typeWebhook":"', '"}'];
    const nonsense = Buffer.alloc(4 * MIB, 0xc3);
    const length = before.length + nonsense.length + behind.length;
    attacker.socket.write(rawPost(before, { length }));
    attacker.socket.write(nonsense);
    attacker.socket.write(behind);
    await eventually('the answer', () => attacker.statuses.length > 0, 20_000);
    expect(attacker.statuses).toEqual([200]);
    expect(app.get(CountingInbox).seen).toBe(1);
  });
});
