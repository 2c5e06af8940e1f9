import { expect, it, jest } from '@jest/globals';

import { describeWithPostgres } from '../../../packages/inbox/test/support/engines.js';
import { StallingProxy } from '../support/stalling.proxy.js';
import { PollersHarness } from './pollers.harness.js';

jest.setTimeout(60_000);

const LEASE_MS = 3000;

await describeWithPostgres('a receiver that cannot reach PostgreSQL', (url) => {
  it('stops polling before others take over, and takes its share again afterwards', async () => {
    await using harness = await PollersHarness.start(url, 20);
    await using proxy = await StallingProxy.start(url);
    const cutOff = await harness.receiver({}, { connectionString: proxy.url });
    const other = await harness.receiver();
    await harness.untilShared([cutOff, 10], [other, 10]);
    await harness.untilEachIsPolledOnce();
    proxy.stall();
    const failure = () => cutOff.greenNotifications.status.inbox!.failure;
    const stoppedMs = await harness.until('ten pollers to end', () => harness.parked.includes(0));
    expect(stoppedMs).toBeLessThan(LEASE_MS + 200);
    expect(cutOff.polled).toEqual([]);
    expect(failure()).toContain('did not renew its lease');
    const entries = harness.sayToAll('meanwhile');
    expect(stoppedMs + (await harness.untilShared([other, 20]))).toBeLessThan(LEASE_MS + 2000);
    await Promise.all(entries.map(({ deleted }) => deleted));
    proxy.resume();
    await harness.untilShared([cutOff, 10], [other, 10]);
    await harness.untilEachIsPolledOnce();
    expect(failure()).toBeUndefined();
    await harness.until('all to be handled', () => harness.handled.length >= 20);
    expect(harness.handled.toSorted()).toEqual(harness.textsOf('meanwhile'));
    expect(harness.overlaps).toEqual([]);
    expect(harness.logs.having('WARN', 'Taking over 10 polled instances')).toHaveLength(1);
  });

  it('stops polling when it is alone, too, and begins again by itself', async () => {
    await using harness = await PollersHarness.start(url, 3);
    await using proxy = await StallingProxy.start(url);
    const only = await harness.receiver({}, { connectionString: proxy.url });
    await harness.untilEachIsPolledOnce();
    proxy.stall();
    await harness.until('nobody to poll', () => harness.parked.every((polls) => polls === 0));
    proxy.resume();
    await harness.untilEachIsPolledOnce();
    expect(only.polled).toEqual(harness.ids);
  });

  it('does not hold up a stop for long', async () => {
    await using harness = await PollersHarness.start(url, 3);
    await using proxy = await StallingProxy.start(url);
    const receiver = await harness.receiver(
      {},
      { connectionString: proxy.url, role: 'receiver', leaseMs: 60_000 },
    );
    await harness.untilEachIsPolledOnce();
    proxy.stall();
    const startedAtMs = performance.now();
    await receiver.greenNotifications.stop();
    expect(performance.now() - startedAtMs).toBeLessThan(4000);
    expect(harness.parked).toEqual([0, 0, 0]);
    proxy.resume();
  });
});
