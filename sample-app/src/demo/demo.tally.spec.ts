import { startEmulator } from '@green-notifications/emulator';
import type { DeliveryOutcome, GreenNotifications, Outcome } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { NEVER, Subject } from 'rxjs';

import { DemoTally } from './demo.tally.js';

const ID = 1101000001;
const TOKEN = 'token-of-the-demo';

/** Creates a tally for an instance with one deleted notification, and emits the given outcomes. */
async function setUp(...outcomes: readonly Outcome[]) {
  const emulator = await startEmulator({
    instances: [{ idInstance: ID, apiTokenInstance: TOKEN }],
  });
  const instance = emulator.instance(ID);
  const outcomes$ = new Subject<DeliveryOutcome>();
  const watched = { notifications$: NEVER, outcomes$ } as unknown as GreenNotifications;
  const tally = new DemoTally(watched, instance);
  const entry = instance.publish(instance.build.incomingText('hi'));
  const call = (httpMethod: string, path: string) =>
    fetch(`${emulator.url}/waInstance${ID}/${path}`, { method: httpMethod });
  const received = await call('GET', `receiveNotification/${TOKEN}`);
  const { receiptId } = (await received.json()) as { receiptId: number };
  await call('DELETE', `deleteNotification/${TOKEN}/${receiptId}`);
  await entry.deleted;
  for (const outcome of outcomes) outcomes$.next({ outcome } as DeliveryOutcome);
  await emulator.close();
  return tally;
}

describe('the tally of the demo', () => {
  const handled = { result: 'acknowledged', reason: 'handled', runs: [] } as const;

  it.each<[string, Outcome]>([
    ['handled', handled],
    ['dead-lettered', { result: 'dead-lettered', runs: [] }],
  ])('counts an acknowledged notification that is %s as handled', async (_, outcome) => {
    expect((await setUp(outcome)).summary).toBe('received 0, handled 1, acknowledged 1, lost 0');
  });

  it.each<[string, readonly Outcome[]]>([
    ['without an outcome', []],
    ['that matched no handler', [{ ...handled, reason: 'unhandled' }]],
    ['whose handler only failed', [{ result: 'retry', retryAfterMs: 0, runs: [] }]],
    ['that counted as a duplicate', [{ ...handled, reason: 'duplicate' }]],
    ['that only joined another attempt', [{ ...handled, joined: true }]],
  ])('counts an acknowledged notification %s as lost', async (_, outcomes) => {
    const tally = await setUp(...outcomes);
    expect(tally.lost).toBe(1);
    expect(tally.summary).toBe('received 0, handled 0, acknowledged 1, lost 1');
  });
});
