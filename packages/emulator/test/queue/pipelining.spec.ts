import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'undici';
import { delay, type Emulator, type ManualClock } from '../../src/index.js';
import type { InstanceClient } from '../support/instance.client.js';
import { startOneInstance } from '../support/one.instance.js';

describe('a receive sent directly after the delete, on one connection', () => {
  let clock: ManualClock;
  let emulator: Emulator;
  let instance: InstanceClient;
  let client: Client;

  beforeEach(async () => {
    ({ clock, emulator, client: instance } = await startOneInstance());
    client = new Client(emulator.url, { pipelining: 2 });
  });
  afterEach(async () => {
    await client.destroy();
    await emulator.close();
  });

  const call = async (method: 'GET' | 'DELETE', name: string, rest = ''): Promise<unknown> => {
    const path = `/waInstance1101000001/${name}/secret${rest}`;
    const { body } = await client.request({ method, path, blocking: false });
    return body.json();
  };

  it('gets the next notification', async () => {
    instance.publishText('first');
    const second = instance.publishText('second');
    await call('GET', 'receiveNotification');
    const answers = await Promise.all([
      call('DELETE', 'deleteNotification', '/1'),
      call('GET', 'receiveNotification'),
    ]);
    expect(answers).toEqual([{ result: true }, { receiptId: 2, body: second.notification }]);
  });

  it('gets the deleted notification again if the delete takes effect late', async () => {
    const first = instance.publishText('first');
    await call('GET', 'receiveNotification');
    emulator.faults.next({ method: 'deleteNotification' }, delay(1_000));
    const answers = Promise.all([
      call('DELETE', 'deleteNotification', '/1'),
      call('GET', 'receiveNotification'),
    ]);
    await instance.instance.waitForRequest({ method: 'receiveNotification', count: 2 });
    await clock.advance(1_000);
    expect(await answers).toEqual([{ result: true }, { receiptId: 1, body: first.notification }]);
  });
});
