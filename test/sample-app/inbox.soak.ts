import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type EmulatedInstance, startEmulator } from '@green-notifications/emulator';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { CANARY_TOKEN } from '../support/canary.js';
import { SampleApp } from './sample.app.js';

const ID_INSTANCE = 1101000001;
const SLOW_CHAT = '79001110001@c.us';
const QUICK_CHAT = '79001110002@c.us';
const PASSWORD = 'password-of-the-test';
let directory: string;

beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'sample-inbox-'))));
afterEach(() => rm(directory, { recursive: true, force: true }));

function startEmulatorForSample() {
  return startEmulator({
    instances: [{ idInstance: ID_INSTANCE, apiTokenInstance: CANARY_TOKEN }],
  });
}

function startSample(apiUrl: string, environment: Record<string, string> = {}): SampleApp {
  return new SampleApp({
    GREEN_API_URL: apiUrl,
    GREEN_API_INSTANCE: String(ID_INSTANCE),
    GREEN_API_TOKEN: CANARY_TOKEN,
    GREEN_API_INBOX: `pglite:${directory}`,
    SAMPLE_SPELLS: '*',
    ...environment,
  });
}

function publish(instance: EmulatedInstance, chatId: string, text: string) {
  return instance.publish(instance.build.incomingText(text, { chatId }));
}

function textsSentBy(instance: EmulatedInstance): readonly string[] {
  return instance.sentMessages.map(({ message }) => message);
}

describe('the sample app with an inbox', () => {
  it('answers a chat while the message of another one is slow, and keeps the order of a chat', async () => {
    await using emulator = await startEmulatorForSample();
    const instance = emulator.instance(ID_INSTANCE);
    const slow = publish(instance, SLOW_CHAT, 'sleep 1500');
    publish(instance, SLOW_CHAT, 'echo slow');
    publish(instance, QUICK_CHAT, 'echo quick');
    await using app = startSample(emulator.url);
    await slow.deleted;
    expect(textsSentBy(instance)).toEqual([]);
    await instance.until(() => instance.sentMessages.length === 2);
    expect(textsSentBy(instance)).toEqual(['quick', 'slow']);
    expect(app.output).toContain('use PostgreSQL if that matters');
  }, 60_000);

  it('handles after a SIGKILL what it had stored, also as a worker, which receives nothing', async () => {
    await using emulator = await startEmulatorForSample();
    const instance = emulator.instance(ID_INSTANCE);
    publish(instance, SLOW_CHAT, 'sleep 60000');
    const behind = publish(instance, SLOW_CHAT, 'echo behind');
    {
      await using app = startSample(emulator.url);
      await Promise.all([behind.deleted, app.printed('Sleeping 60000 ms')]);
      app.signal('SIGKILL');
      await app.exit();
    }
    const later = publish(instance, QUICK_CHAT, 'echo later');
    // Without spells, "sleep" is an ordinary text.
    await using worker = startSample(emulator.url, {
      GREEN_API_INBOX_ROLE: 'worker',
      SAMPLE_SPELLS: '',
    });
    await instance.until(() => instance.sentMessages.length === 1);
    expect(textsSentBy(instance)).toEqual(['behind']);
    expect(later.handOuts).toEqual([]);
    await worker.printed('The inbox is empty');
    worker.signal('SIGTERM');
    expect(await worker.exit()).toBe(0);
  }, 60_000);

  it.each([
    [{ GREEN_API_INBOX: `redis://user:${PASSWORD}@host` }, 'GREEN_API_INBOX must be none, pglite:'],
    [{ GREEN_API_INBOX: 'pglite:' }, 'GREEN_API_INBOX must be none, pglite:'],
    [{ GREEN_API_INBOX_ROLE: 'boss' }, 'GREEN_API_INBOX_ROLE must be all, receiver or worker'],
    [
      { GREEN_API_INBOX: 'none', GREEN_API_INBOX_ROLE: 'worker' },
      'GREEN_API_INBOX_ROLE must be all, because GREEN_API_INBOX is none',
    ],
    [
      { GREEN_API_INBOX: `postgresql://user:${PASSWORD}@127.0.0.1:1/database` },
      'The database of the inbox, database on 127.0.0.1:1, cannot be used: connect ECONNREFUSED',
    ],
    [
      { GREEN_API_INBOX: `postgres://user:${PASSWORD}@host:99999/database` },
      'GREEN_API_INBOX must be none, pglite:',
    ],
  ])(
    'ends with a message that does not show the password: %j',
    async (environment, message) => {
      await using app = startSample('http://127.0.0.1:1', environment);
      expect(await app.exit()).toBe(1);
      expect(app.output).toContain(message);
      expect(app.output).not.toContain(PASSWORD);
      expect(app.output).not.toContain('    at ');
    },
    30_000,
  );
});
