import { afterEach, describe, expect, it } from '@jest/globals';

import { AccessPolicy } from '../../src/access/access.policy.js';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/index.js';
import { Caller } from '../support/caller.js';
import { rawRequest } from '../support/raw.request.js';

const READ = '/waInstance1/getSettings/any';

describe('the Host of a request', () => {
  let emulator: Emulator;
  let caller: Caller;

  async function start(options: EmulatorOptions = {}): Promise<void> {
    emulator = await startEmulator({ rateLimits: false, ...options });
    caller = new Caller(emulator);
  }
  afterEach(() => emulator.close());

  it.each([
    'localhost',
    'LOCALHOST:4100',
    'localhost.:80',
    'app.localhost:1',
    '127.0.0.1:9999',
    '127.8.9.1',
    '[::1]:4100',
    '[::ffff:127.0.0.1]',
  ])('may be %s', async (host) => {
    await start();
    expect((await caller.read({ host })).status).toBe(200);
  });

  it.each([
    'evil.test',
    'evil.test:4100',
    'localhost.evil.test',
    'notlocalhost',
    '127.0.0.1.evil.test',
    '0.0.0.0:4100',
    '[::]:4100',
    '10.0.0.7',
    '[fd00::1]:4100',
    'evil.test@localhost',
    'localhost%2eevil.test',
    'localhost:x',
  ])('DNS rebinding: may not be %s', async (host) => {
    await start();
    const answer = await caller.read({ host });
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.body).not.toContain('webhookUrl');
    expect((await caller.publish({ host })).status).toBe(403);
    expect(emulator.instance(1).ledger.entries).toEqual([]);
  });

  it('is refused with a text that says what to do, and the request leaves no trace', async () => {
    await start();
    expect((await caller.read({ host: 'emulator:4100' })).body).toBe(
      'The emulator does not serve the host emulator. If this is a name or address of it, start it ' +
        "with --allow-host emulator, in code with allowedHosts: ['emulator'].\n",
    );
    expect(emulator.instances).toEqual([]);
    expect(emulator.requests.records).toEqual([]);
  });

  it('may be one that the option allows, with any port', async () => {
    await start({ allowedHosts: ['Emulator', 'fd00::1', '10.0.0.7'] });
    for (const host of ['emulator', 'EMULATOR.:4100', '[fd00:0::1]:1', '10.0.0.7:80']) {
      expect((await caller.read({ host })).status).toBe(200);
    }
    for (const host of ['other', 'sub.emulator', '10.0.0.8']) {
      expect((await caller.read({ host })).status).toBe(403);
    }
  });

  it.each([
    ['emulator.lan', 'emulator.lan:4100'],
    ['10.0.0.7', '10.0.0.7:4100'],
    ['fd00::1', '[fd00::1]:4100'],
  ])('may be the host that the emulator listens on: %s', async (listening, host) => {
    await start();
    const policy = new AccessPolicy({ host: listening, allowedHosts: [], allowedOrigins: [] });
    const request = { host, origin: undefined, fetchSite: undefined, remoteAddress: '10.0.0.8' };
    expect(policy.refusalOf(request)).toBeUndefined();
    expect(policy.refusalOf({ ...request, host: 'other.lan' })).toContain('other.lan');
  });

  it('may not be 0.0.0.0, even if the emulator listens there', async () => {
    await start({ host: '0.0.0.0' });
    expect(emulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await caller.read()).status).toBe(200);
    expect((await caller.read({ host: '0.0.0.0:4100' })).status).toBe(403);
  });

  it('may be missing in HTTP/1.0', async () => {
    await start();
    expect((await rawRequest(emulator.url, `GET ${READ} HTTP/1.0\r\n\r\n`)).status).toBe(200);
    const empty = `GET ${READ} HTTP/1.0\r\nHost: \r\n\r\n`;
    expect((await rawRequest(emulator.url, empty)).status).toBe(403);
  });

  it.each(['', 'http://emulator', 'emulator:4100', 'a b', '*'])(
    'cannot be allowed as %p, which is no host',
    async (host) => {
      await start();
      await expect(startEmulator({ allowedHosts: [host] })).rejects.toThrow(
        `allowedHosts contains ${JSON.stringify(host)}`,
      );
    },
  );
});
