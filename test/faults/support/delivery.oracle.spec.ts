import { type Emulator, startEmulator } from '@green-notifications/emulator';
import { notificationKey } from '@green-notifications/nestjs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { judge, NOTHING_LOST, type WitnessedRun } from './delivery.oracle.js';

const ID = 1101000001;
let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator({ instances: [{ idInstance: ID, apiTokenInstance: 'token' }] });
});
afterEach(() => emulator.close());

/** Publishes texts of one chat, and acknowledges all but the last `waiting`. */
async function issue(texts: readonly string[], waiting = 0): Promise<WitnessedRun[]> {
  const instance = emulator.instance(ID);
  const entries = texts.map((text) => instance.publish(instance.build.incomingText(text)));
  for (let count = entries.length - waiting; count > 0; count -= 1) {
    const base = `${emulator.url}/waInstance${ID}`;
    const received = await fetch(`${base}/receiveNotification/token`);
    const { receiptId } = (await received.json()) as { receiptId: number };
    await fetch(`${base}/deleteNotification/token/${receiptId}`, { method: 'DELETE' });
  }
  return entries.map(({ notification }) => ({
    key: notificationKey(notification as never),
    idInstance: String(ID),
    succeeded: true,
  }));
}

const verdict = (runs: readonly WitnessedRun[]) => judge({ instances: emulator.instances, runs });

describe('the oracle', () => {
  it('is content when everything was handled once and in order', async () => {
    expect(verdict(await issue(['a', 'b', 'c']))).toEqual(NOTHING_LOST);
  });

  it('notices what was acknowledged and not handled', async () => {
    const [a, b, c] = await issue(['a', 'b', 'c']);
    expect(verdict([a!, c!]).lost).toEqual([b!.key]);
    expect(verdict([a!, { ...b!, succeeded: false }, c!]).lost).toEqual([b!.key]);
  });

  it('notices what is still to come', async () => {
    const [a, b] = await issue(['a', 'b'], 1);
    expect(verdict([a!])).toEqual({ ...NOTHING_LOST, waiting: [b!.key] });
  });

  it('notices what was handled twice', async () => {
    const [a, b] = await issue(['a', 'b']);
    expect(verdict([a!, a!, b!]).repeated).toEqual([a!.key]);
  });

  it('notices what overtook its predecessor in the same chat', async () => {
    const [a, b, c] = await issue(['a', 'b', 'c']);
    expect(verdict([a!, c!, b!]).overtaken).toEqual([b!.key]);
  });
});
