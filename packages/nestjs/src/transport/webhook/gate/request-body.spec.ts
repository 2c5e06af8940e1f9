import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { BodyBudget } from './body-budget.js';
import { requestBody } from './request-body.js';

// A garbage collection takes long where much is in memory.
jest.setTimeout(60_000);

const LIMITS = { limitBytes: 1_000_000, timeoutMs: 60_000 };
const CHUNKED = 'transfer-encoding: chunked';

/** The body as HTTP chunks of one byte each. */
function inSingleBytes(text: string): string {
  return text.replaceAll(/./g, '1\r\n$&\r\n');
}

/** The memory in use after a garbage collection. */
function heapUsedBytes(): number {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** Reads with a budget of its own. */
function read(request: IncomingMessage, limits = LIMITS) {
  return requestBody(request, limits, new BodyBudget(limits.limitBytes).reserve());
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
    const text = 'abcdefg'.repeat(5000);
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

  it('needs no more memory for many small chunks than for their bytes', async () => {
    const count = 50_000;
    const request = await posted(CHUNKED);
    const body = read(request, LIMITS);
    let seen = 0;
    const allSeen = new Promise<void>((resolve) => {
      request.on('data', (chunk: Buffer) => {
        seen += chunk.length;
        if (seen === count) resolve();
      });
    });
    const before = heapUsedBytes();
    client.write(inSingleBytes('x'.repeat(count)));
    await allSeen;
    expect(heapUsedBytes() - before).toBeLessThan(3_000_000);
    client.write('0\r\n\r\n');
    expect(await body).toHaveLength(count);
  });

  it('refuses a body when others use the whole budget, and reads it after they are handled', async () => {
    const budget = new BodyBudget(LIMITS.limitBytes);
    const others = budget.reserve();
    while (others.take(LIMITS.limitBytes));
    while (others.take(1000));
    const first = requestBody(await posted('content-length: 2000'), LIMITS, budget.reserve());
    client.write('x'.repeat(2000));
    expect(await first).toBe('busy');
    others.release();
    client.destroy();
    client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const second = requestBody(await posted('content-length: 5'), LIMITS, budget.reserve());
    client.write('hello');
    expect(String(await second)).toBe('hello');
  });
});
