import { randomUUID } from 'node:crypto';
import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  type EmulatedInstance,
  notificationMix,
  startEmulator,
} from '@green-notifications/emulator';
import { afterEach, describe, expect, it } from '@jest/globals';

import { CANARY_TOKEN } from '../support/canary.js';
import { freePort } from '../support/free.port.js';
import { SampleApp } from './sample.app.js';

const ID_INSTANCE = 1101000001;
const FRIEND = '79001110001@c.us';
const STRANGER = '79001110002@c.us';
const WEBHOOK_TOKEN = 'webhook-secret-of-the-test';
const auditLog = join(tmpdir(), `audit-${randomUUID()}.jsonl`);

afterEach(() => rm(auditLog, { force: true }));

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
    AUDIT_LOG: auditLog,
    SAMPLE_SPELLS: '*',
    ...environment,
  });
}

async function auditLines(): Promise<Record<string, unknown>[]> {
  const text = await readFile(auditLog, 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function publish(instance: EmulatedInstance, text: string) {
  return instance.publish(instance.build.incomingText(text));
}

describe('the sample app', () => {
  it('handles 1,000 notifications of mixed kinds in order, and writes each down', async () => {
    await using emulator = await startEmulatorForSample();
    const instance = emulator.instance(ID_INSTANCE);
    for (const notification of notificationMix(instance.build, {
      seed: 1,
      chats: 8,
      count: 1000,
    })) {
      instance.publish(notification);
    }
    await using app = startSample(emulator.url);
    await instance.drained();
    const issued = instance.ledger.entries.map(({ notification }) => notification!['idMessage']);
    const audited = await auditLines();
    expect(audited.map(({ idMessage }) => idMessage)).toEqual(issued);
    expect(audited[0]).toEqual({
      typeWebhook: expect.any(String),
      idInstance: String(ID_INSTANCE),
      idMessage: expect.any(String),
      chatId: expect.any(String),
      text: null,
      attempt: 1,
      handledAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    expect(app.output).not.toContain(CANARY_TOKEN);
  }, 60_000);

  it('handles "fail 2" on the third attempt, answers "echo", and leaves other chats alone', async () => {
    await using emulator = await startEmulatorForSample();
    const instance = emulator.instance(ID_INSTANCE);
    publish(instance, 'hello');
    publish(instance, 'fail 2');
    const last = publish(instance, 'echo good morning');
    await using app = startSample(emulator.url);
    await last.deleted;
    expect(app.output).toMatch(/TroubleListener\.onFail handled .* on attempt 3/);
    expect(instance.sentMessages.map(({ message }) => message)).toEqual(['good morning']);
  }, 30_000);

  it('takes the spells of strangers for ordinary texts', async () => {
    await using emulator = await startEmulatorForSample();
    const instance = emulator.instance(ID_INSTANCE);
    const from = (chatId: string, text: string) =>
      instance.publish(instance.build.incomingText(text, { chatId }));
    from(STRANGER, 'fail 999999999');
    from(STRANGER, 'sleep 999999999');
    from(FRIEND, 'fail 1');
    const last = from(STRANGER, 'last');
    await using app = startSample(emulator.url, { SAMPLE_SPELLS: `79000000009@c.us, ${FRIEND}` });
    await last.deleted;
    expect((await auditLines()).map(({ text }) => text)).toEqual([
      'fail 999999999',
      'sleep 999999999',
      'fail 1',
      'last',
    ]);
    const failures = app.output.matchAll(/failed on purpose \(([^)]*)\)/g);
    expect(new Set([...failures].map(([, which]) => which))).toEqual(
      new Set(['attempt 1; the first 1 fail']),
    );
    expect(app.output).not.toContain('Sleeping');
    for (const chatId of [STRANGER, FRIEND]) expect(app.output).not.toContain(chatId);
  }, 30_000);

  it('knows no spells unless SAMPLE_SPELLS is set', async () => {
    await using emulator = await startEmulatorForSample();
    const instance = emulator.instance(ID_INSTANCE);
    publish(instance, 'sleep 60000');
    const last = publish(instance, 'fail 9');
    await using app = startSample(emulator.url, { SAMPLE_SPELLS: '' });
    await last.deleted;
    expect(last.handOuts).toHaveLength(1);
    expect(app.output).not.toContain('Sleeping');
  }, 30_000);

  it('caps the number of a spell, and says so', async () => {
    await using emulator = await startEmulatorForSample();
    publish(emulator.instance(ID_INSTANCE), `sleep ${'9'.repeat(500)}`);
    await using app = startSample(emulator.url);
    await app.printed('Sleeping 60000 ms');
    expect(app.output).toContain('The number of a spell is too high; 60000 is used');
  }, 30_000);

  it('creates the audit log for its owner only', async () => {
    await using emulator = await startEmulatorForSample();
    const instance = emulator.instance(ID_INSTANCE);
    await using app = startSample(emulator.url);
    await publish(instance, 'one').deleted;
    expect((await stat(auditLog)).mode & 0o777).toBe(0o600);
    // As a program that rotates logs does.
    await rm(auditLog);
    await publish(instance, 'two').deleted;
    expect((await stat(auditLog)).mode & 0o777).toBe(0o600);
    expect(app.output).not.toContain('chmod');
  }, 30_000);

  it('warns once if others have access to the audit log, and leaves that to its owner', async () => {
    await using emulator = await startEmulatorForSample();
    await writeFile(auditLog, '');
    await chmod(auditLog, 0o640);
    await using app = startSample(emulator.url);
    const instance = emulator.instance(ID_INSTANCE);
    publish(instance, 'one');
    await publish(instance, 'two').deleted;
    expect(app.output.split(`chmod 600 ${auditLog}`)).toHaveLength(2);
    expect((await stat(auditLog)).mode & 0o777).toBe(0o640);
  }, 30_000);

  it('finishes and acknowledges what it is at when SIGTERM comes, then exits with 0', async () => {
    await using emulator = await startEmulatorForSample();
    const instance = emulator.instance(ID_INSTANCE);
    const sleeping = publish(instance, 'sleep 1000');
    const behind = publish(instance, 'behind');
    await using app = startSample(emulator.url);
    await app.printed('Sleeping 1000 ms');
    app.signal('SIGTERM');
    expect(await app.exit()).toBe(0);
    expect(sleeping.state).toBe('deleted');
    expect(behind.handOuts).toEqual([]);
  }, 30_000);

  it('does the same job over the webhook, and lets nobody else in', async () => {
    await using emulator = await startEmulator({
      instances: [{ idInstance: ID_INSTANCE, apiTokenInstance: CANARY_TOKEN }],
      webhook: { retryPauseMs: 100 },
    });
    const instance = emulator.instance(ID_INSTANCE);
    const port = await freePort();
    await using app = new SampleApp({
      GREEN_API_TRANSPORT: 'webhook',
      GREEN_API_URL: emulator.url,
      GREEN_API_INSTANCE: String(ID_INSTANCE),
      GREEN_API_TOKEN: CANARY_TOKEN,
      GREEN_API_WEBHOOK_TOKEN: WEBHOOK_TOKEN,
      PORT: String(port),
      AUDIT_LOG: auditLog,
      SAMPLE_SPELLS: '*',
    });
    await app.listening(port);
    const webhookUrl = `http://127.0.0.1:${port}/green-api/webhook`;
    const forged = await fetch(webhookUrl, { method: 'POST', body: '{"typeWebhook":"forged"}' });
    expect(forged.status).toBe(401);

    const failing = publish(instance, 'fail 1');
    const last = publish(instance, 'last');
    instance.applySettings({ webhookUrl, webhookUrlToken: WEBHOOK_TOKEN });
    await last.deleted;
    const statuses = failing.handOuts.map(({ status }) => status);
    expect(statuses.slice(0, -1).every((status) => status === 500)).toBe(true);
    expect(statuses.at(-1)).toBe(200);
    expect((await auditLines()).map(({ text }) => text)).toEqual(['fail 1', 'last']);
    app.signal('SIGTERM');
    expect(await app.exit()).toBe(0);
    expect(app.output).not.toContain(WEBHOOK_TOKEN);
  }, 30_000);

  it('ends with one message that names what is missing or malformed', async () => {
    await using app = new SampleApp({
      GREEN_API_INSTANCE: 'abc',
      PORT: 'x',
      SAMPLE_SPELLS: 'a,,b',
    });
    expect(await app.exit()).toBe(1);
    for (const name of ['GREEN_API_INSTANCE', 'GREEN_API_TOKEN', 'PORT', 'SAMPLE_SPELLS']) {
      expect(app.output).toContain(`- ${name} must be`);
    }
    expect(app.output).not.toContain('    at ');
  }, 30_000);

  it.each([
    ['AUDIT_LOG', 'AUDIT_LOG cannot be written'],
    ['DEAD_LETTERS', 'The dead letter store cannot be used'],
  ])(
    'says at the start that the file of %s cannot be used',
    async (variable, message) => {
      await using emulator = await startEmulatorForSample();
      await using app = new SampleApp({
        GREEN_API_URL: emulator.url,
        GREEN_API_INSTANCE: String(ID_INSTANCE),
        GREEN_API_TOKEN: CANARY_TOKEN,
        [variable]: tmpdir(),
      });
      expect(await app.exit()).toBe(1);
      expect(app.output).toContain(message);
    },
    30_000,
  );
});
