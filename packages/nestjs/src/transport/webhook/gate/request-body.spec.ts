import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { BodyBudget } from './body-budget.js';
import { requestBody } from './request-body.js';

const LIMITS = { limitBytes: 1_000_000, timeoutMs: 60_000 };
const CHUNKED = 'transfer-encoding: chunked';

/** The body as HTTP chunks of one byte each. */
function inSingleBytes(text: string): string {
  return text.replaceAll(/./g, '1\r\n$&\r\n');
}

/** Reads with a budget of its own. */
function read(request: IncomingMessage, limits = LIMITS) {
  return requestBody(request, limits, new BodyBudget(limits.limitBytes).reserve('owner'));
}

describe('requestBody', () => {
  let server: Server;
  let client: Socket;

  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.on('error', () => {});
  });

  afterEach(async () => {
    client.destroy();
    const closed = once(server.close(), 'close');
    server.closeAllConnections();
    await closed;
  });

  async function posted(headers: string): Promise<IncomingMessage> {
    client.write(`POST / HTTP/1.1\r\nhost: x\r\n${headers}\r\n\r\n`);
    const [request] = (await once(server, 'request')) as [IncomingMessage];
    return request;
  }

  it.each([0, 1, 16_384, 16_385, 40_000, 999_999, 1_000_000])(
    'returns a body of %d bytes as it was sent',
    async (length) => {
      const text = 'abcdefg'.repeat(length / 7 + 1).slice(0, length);
      const body = read(await posted(`content-length: ${length}`), LIMITS);
      client.write(text);
      expect(String(await body) === text).toBe(true);
    },
  );

  it('returns a chunked body as it was sent', async () => {
    const text = 'abcdefg'.repeat(200);
    const body = read(await posted(CHUNKED), LIMITS);
    client.write(`${inSingleBytes(text)}0\r\n\r\n`);
    expect(String(await body) === text).toBe(true);
  });

  it('stops reading at the limit', async () => {
    const body = read(await posted(CHUNKED), { ...LIMITS, limitBytes: 100 });
    client.write(inSingleBytes('x'.repeat(101)));
    expect(await body).toBe('too-large');
  });

  it('accepts a body of exactly the limit', async () => {
    const body = read(await posted(CHUNKED), { ...LIMITS, limitBytes: 100 });
    client.write(`${inSingleBytes('x'.repeat(100))}0\r\n\r\n`);
    expect(await body).toHaveLength(100);
  });

  it('returns `cut-off` when the sender hangs up', async () => {
    const body = read(await posted('content-length: 10'), LIMITS);
    client.write('half', () => client.destroy());
    expect(await body).toBe('cut-off');
  });

  it('stops at thousands of chunks of one byte, which cost far more than their bytes', async () => {
    const body = read(await posted(CHUNKED), LIMITS);
    client.write(inSingleBytes('x'.repeat(50_000)));
    expect(await body).toBe('too-slow');
  });

  it('reads a large body in many chunks of usual size', async () => {
    const chunk = `1f4\r\n${'x'.repeat(500)}\r\n`;
    const body = read(await posted(CHUNKED), LIMITS);
    client.write(`${chunk.repeat(2000)}0\r\n\r\n`);
    expect(await body).toHaveLength(1_000_000);
  });

  it('refuses a body when others use the whole budget, and reads it after they are handled', async () => {
    const budget = new BodyBudget(LIMITS.limitBytes);
    const others = budget.reserve('owner');
    while (others.take(LIMITS.limitBytes));
    while (others.take(1000));
    const first = requestBody(
      await posted('content-length: 2000'),
      LIMITS,
      budget.reserve('owner'),
    );
    client.write('x'.repeat(2000));
    expect(await first).toBe('busy');
    others.release();
    client.destroy();
    client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const second = requestBody(await posted('content-length: 5'), LIMITS, budget.reserve('owner'));
    client.write('hello');
    expect(String(await second)).toBe('hello');
  });
});
