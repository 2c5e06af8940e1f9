import { slowBody, slowHeaders } from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';

import { PLATFORMS, WEBHOOK_TOKEN } from '../webhook/webhook.harness.js';
import { NOTHING_LOST } from './support/delivery.oracle.js';
import { startWebhooks } from './support/webhook.scene.js';

describe.each(PLATFORMS)('hostile senders of webhooks on %s', (platform) => {
  it('10. slow headers and slow bodies are closed, and hold up nobody else', async () => {
    await using scene = await startWebhooks(platform, 1101, 1102, 1103);
    const { faults } = scene.harness.emulator;
    faults.nextPush({ idInstance: 1101 }, slowBody({ bytes: 1, intervalMs: 50 }));
    faults.nextPush({ idInstance: 1102 }, slowHeaders(5));
    await scene.run(undefined, { webhook: { bodyTimeoutMs: 200 } });
    for (const id of [1101, 1102, 1103]) {
      scene.publish(['one', 'two'], scene.harness.emulator.instance(id));
    }
    const entry = scene.harness.emulator.instance(1101).ledger.entries[0]!;
    await scene.harness.emulator.instance(1103).drained();
    expect(entry.state).toBe('queued');
    await Promise.all(scene.harness.emulator.instances.map((instance) => instance.drained()));
    expect(entry.handOuts[0]!.status).not.toBe(200);
    expect(scene.verdict).toEqual(NOTHING_LOST);
  });

  it('32. forged requests never reach a handler, and the genuine one behind them does', async () => {
    await using scene = await startWebhooks(platform);
    const { url } = await scene.run(undefined, {
      webhook: { allowedAddresses: ['203.0.113.7'], trustedProxies: ['127.0.0.1', '::1'] },
    });
    const authorization = `Bearer ${WEBHOOK_TOKEN}`;
    const genuine = '203.0.113.7';
    const forged: Record<string, string | string[]>[] = [
      { 'x-forwarded-for': '127.0.0.1' },
      { 'x-forwarded-for': `${genuine}, 198.51.100.1` },
      { 'x-forwarded-for': '::ffff:198.51.100.1' },
      { 'x-forwarded-for': genuine, authorization: [authorization, authorization] },
      { 'x-forwarded-for': genuine, authorization: ['Bearer forged', authorization] },
      { 'x-forwarded-for': genuine, authorization: 'Bearer forged' },
      { 'x-forwarded-for': genuine, 'x-long': 'x'.repeat(64 * 1024) },
    ];
    const body = scene.harness.text('hello');
    const statuses: number[] = [];
    for (const headers of forged) {
      statuses.push((await scene.harness.post(url, body, { headers })).status);
    }
    expect(statuses).toEqual([403, 403, 403, 401, 401, 401, 431]);
    expect(scene.record.runs).toEqual([]);
    const headers = { 'x-forwarded-for': `::ffff:${genuine}` };
    expect((await scene.harness.post(url, body, { headers })).status).toBe(200);
    expect(scene.record.texts()).toEqual(['hello']);
  });
});
