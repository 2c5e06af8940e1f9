import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { ManualClock, startEmulator } from '../src/index.js';
import { InstanceClient } from './support/instance.client.js';

describe('startEmulator', () => {
  it('listens on a free port and closes when it is disposed', async () => {
    let url: string;
    {
      await using emulator = await startEmulator();
      url = emulator.url;
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      await emulator.close();
    }
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('rejects when the port is taken', async () => {
    await using first = await startEmulator();
    const port = Number(new URL(first.url).port);
    await expect(startEmulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('accepts bodies without a content type, and large bodies', async () => {
    await using emulator = await startEmulator({ clock: new ManualClock() });
    const instance = emulator.instance(1);
    const body = JSON.stringify(instance.build.incomingText('x'.repeat(10 * 1024 * 1024)));
    const answer = await request(`${emulator.url}/`, { method: 'POST', body });
    await answer.body.dump();
    expect(answer.statusCode).toBe(200);
    expect(instance.ledger.entries[0]?.raw).toBe(body);
  });

  it('stays fast with a backlog of 20,000 notifications', async () => {
    await using emulator = await startEmulator({ rateLimits: false });
    const client = new InstanceClient(emulator, '1', 'any');
    for (let made = 0; made < 20_000; made += 1) client.publishText();
    for (let receiptId = 1; receiptId <= 200; receiptId += 1) {
      await client.receive();
      await client.delete(receiptId);
    }
    expect(client.instance.queueLength).toBe(19_800);
    expect(client.instance.ledger.deleted).toHaveLength(200);
  });

  it('stays fast when unknown receipts are deleted beside a backlog of 100,000', async () => {
    await using emulator = await startEmulator({ rateLimits: false });
    const client = new InstanceClient(emulator, '1', 'any');
    for (let made = 0; made < 100_000; made += 1) client.instance.publish('{}');
    for (let receiptId = 1; receiptId <= 1000; receiptId += 1) {
      expect(await client.delete(receiptId)).toEqual({ result: false });
    }
    expect(client.instance.queueLength).toBe(100_000);
  });

  it('stays fast when the same notification is received 50,000 times', async () => {
    await using emulator = await startEmulator();
    const instance = emulator.instance(1);
    instance.publish('{}');
    const { signal } = new AbortController();
    for (let received = 0; received < 50_000; received += 1) {
      expect((await instance.pull.receive(0, signal))?.receiptId).toBe(1);
      // Lets the time limit of the test take effect.
      if (received % 1000 === 0) await turnOfTheEventLoop();
    }
  });

  it('resolves its waits when a message is sent and when a request arrives', async () => {
    await using emulator = await startEmulator();
    const client = new InstanceClient(emulator, '1', 'any');
    const sent = client.instance.until(() => client.instance.sentMessages.length === 1);
    await client.post('sendMessage', { chatId: '7900@c.us', message: 'hello' });
    await sent;
    expect(client.instance.requests.of({ status: 200 })).toHaveLength(1);
  });
});
