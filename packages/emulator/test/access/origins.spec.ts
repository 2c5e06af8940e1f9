import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/index.js';
import { Caller } from '../support/caller.js';
import { rawRequest } from '../support/raw.request.js';

const CORS = { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' };
const FOREIGN = 'https://evil.test';

describe('web pages', () => {
  let emulator: Emulator;
  let caller: Caller;

  async function start(options: EmulatorOptions = {}): Promise<void> {
    await emulator?.close();
    emulator = await startEmulator({ rateLimits: false, ...options });
    caller = new Caller(emulator);
  }
  beforeEach(() => start());
  afterEach(() => emulator.close());

  it('do not concern programs: these send no Origin, and get the CORS headers of GREEN-API', async () => {
    expect(await caller.read()).toMatchObject({ status: 200, headers: CORS });
    expect(await caller.publish()).toMatchObject({ status: 200, headers: CORS });
    expect(await caller.preflight()).toMatchObject({ status: 200, headers: CORS });
  });

  it('of the emulator’s own origin may use it', async () => {
    expect(await caller.read({ origin: emulator.url })).toMatchObject({
      status: 200,
      headers: CORS,
    });
    const host = 'localhost:80';
    expect((await caller.read({ host, origin: 'http://localhost' })).status).toBe(200);
  });

  it.each([
    ['a foreign origin', () => FOREIGN],
    ['another local web server', () => 'http://localhost:5173'],
    ['another name of this machine', (url: string) => url.replace('127.0.0.1', 'localhost')],
    ['another scheme', (url: string) => url.replace('http:', 'https:')],
    ['a sandboxed frame or a file', () => 'null'],
    ['two origins', (url: string) => `${url}, ${FOREIGN}`],
    ['an origin that contains the emulator’s', (url: string) => `${url}.evil.test`],
  ])('of %s can neither read, nor write, nor ask', async (_, originOf) => {
    const origin = originOf(emulator.url);
    for (const answer of [
      await caller.read({ origin }),
      await caller.publish({ origin }),
      await caller.preflight({ origin }),
    ]) {
      expect(answer.status).toBe(403);
      expect(Object.keys(answer.headers).filter((name) => name.includes('access-control'))).toEqual(
        [],
      );
      expect(answer.body).toContain('--allow-origin');
    }
    expect(emulator.instances).toEqual([]);
  });

  it.each(['cross-site', 'same-site', 'Cross-Site', 'unheard-of'])(
    'cannot send a plain GET, such as that of an <img>: Sec-Fetch-Site: %s',
    async (site) => {
      const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' };
      const path = '/waInstance1/clearWebhooksQueue/any';
      const entry = emulator.instance(1).publish('{}');
      const answer = await caller.call('GET', path, headers);
      expect(answer.status).toBe(403);
      expect(answer.body).toContain('--allow-origin');
      expect(entry.state).toBe('queued');
    },
  );

  it.each(['same-origin', 'none'])('do not send Sec-Fetch-Site: %s', async (site) => {
    expect((await caller.read({ 'sec-fetch-site': site })).status).toBe(200);
  });

  it('may use it if the option allows their origin', async () => {
    await start({ allowedOrigins: ['http://LOCALHOST:80', 'chrome-extension://abc'] });
    for (const origin of ['http://localhost', 'chrome-extension://abc']) {
      const headers = { origin, 'sec-fetch-site': 'cross-site' };
      expect(await caller.read(headers)).toMatchObject({ status: 200, headers: CORS });
      expect(await caller.preflight(headers)).toMatchObject({ status: 200, headers: CORS });
      expect((await caller.publish(headers)).status).toBe(200);
    }
    for (const origin of ['http://localhost:81', 'https://localhost', 'chrome-extension://b']) {
      expect((await caller.read({ origin })).status).toBe(403);
    }
    expect((await caller.read({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  it('may all use it with *, but still not by another Host', async () => {
    await start({ allowedOrigins: ['*'] });
    for (const origin of [FOREIGN, 'null']) {
      expect(await caller.read({ origin })).toMatchObject({ status: 200, headers: CORS });
    }
    expect((await caller.read({ 'sec-fetch-site': 'cross-site' })).status).toBe(200);
    expect((await caller.read({ origin: FOREIGN, host: 'evil.test' })).status).toBe(403);
  });

  it.each(['localhost', 'null', 'http://localhost/path', 'http://', ''])(
    'cannot be allowed by %p, which is no origin',
    async (origin) => {
      await expect(startEmulator({ allowedOrigins: [origin] })).rejects.toThrow(
        `allowedOrigins contains ${JSON.stringify(origin)}`,
      );
    },
  );

  it('are refused before the body is read', async () => {
    const { status } = await rawRequest(
      emulator.url,
      `POST / HTTP/1.1\r\nHost: localhost\r\nOrigin: ${FOREIGN}\r\n` +
        'Connection: close\r\nContent-Length: 1000\r\n\r\n',
    );
    expect(status).toBe(403);
  });

  it('do not use up a planned fault', async () => {
    const fault = emulator.faults.next({}, { name: 'never', play: () => undefined });
    await caller.read({ origin: FOREIGN });
    expect(fault.fired).toBe(0);
  });
});
