import { expect, it, jest } from '@jest/globals';

import { describeWithPostgres } from '../../../packages/inbox/test/support/engines.js';
import { PollersHarness } from './pollers.harness.js';

jest.setTimeout(60_000);

await describeWithPostgres('receivers that share an inbox on PostgreSQL', (url) => {
  it('poll each instance once, and take each its share', async () => {
    await using harness = await PollersHarness.start(url, 20);
    const first = await harness.receiver();
    await harness.untilEachIsPolledOnce();
    harness.sayToAll('to one');
    const second = await harness.receiver();
    await harness.untilShared([first, 10], [second, 10]);
    harness.sayToAll('to two');
    const third = await harness.receiver();
    const shares = [first, second, third];
    await harness.until('shares of 6 and 7', () =>
      shares.every(({ polled }) => [6, 7].includes(polled.length)),
    );
    expect(shares.flatMap(({ polled }) => polled).toSorted()).toEqual(harness.ids);
    const entries = harness.sayToAll('to three');
    await Promise.all(entries.map(({ deleted }) => deleted));
    await harness.untilEachIsPolledOnce();
    await harness.until('all to be handled', () => harness.handled.length >= 60);
    const said = ['to one', 'to two', 'to three'].flatMap((text) => harness.textsOf(text));
    expect(harness.handled.toSorted()).toEqual(said.toSorted());
    expect(harness.overlaps).toEqual([]);
  });

  it('hand over within a second when one stops, and share again when it starts', async () => {
    await using harness = await PollersHarness.start(url, 20);
    const first = await harness.receiver();
    const second = await harness.receiver();
    await harness.untilShared([first, 10], [second, 10]);
    await first.greenNotifications.stop();
    expect(await harness.untilEachIsPolledOnce()).toBeLessThan(1000);
    expect(second.polled).toEqual(harness.ids);
    expect(first.polled).toEqual([]);
    await first.greenNotifications.start();
    await harness.untilShared([first, 10], [second, 10]);
    await harness.untilEachIsPolledOnce();
    expect(harness.overlaps).toEqual([]);
  });

  it('say in the status which instances they poll, and nothing of failures', async () => {
    await using harness = await PollersHarness.start(url, 2);
    const first = await harness.receiver();
    const second = await harness.receiver();
    await harness.untilShared([first, 1], [second, 1]);
    const { instances } = first.greenNotifications.status;
    expect(new Set(instances.map(({ polledHere }) => polledHere))).toEqual(new Set([true, false]));
    expect(instances.flatMap(({ failures }) => failures)).toEqual([]);
    await harness.logs.until('LOG', 'Polling 1 of 2 instances here');
    expect(harness.logs.having('LOG', 'Polling instance')).toEqual([]);
  });

  it('share 1,000 instances evenly, and hand 333 of them over at once', async () => {
    await using harness = await PollersHarness.start(url, 1000);
    const polling = { receiveTimeoutSeconds: 60 };
    const first = await harness.receiver({ polling });
    await harness.untilEachIsPolledOnce();
    const second = await harness.receiver({ polling });
    const third = await harness.receiver({ polling });
    const shares = [first, second, third];
    await harness.until('shares of 333 and 334', () =>
      shares.every(({ polled }) => [333, 334].includes(polled.length)),
    );
    await harness.untilEachIsPolledOnce();
    expect(new Set(shares.flatMap(({ polled }) => polled)).size).toBe(1000);
    await third.greenNotifications.stop();
    await harness.untilShared([first, 500], [second, 500]);
    await harness.untilEachIsPolledOnce();
    expect(harness.overlaps).toEqual([]);
  });

  it('poll everything, even if they know different instances', async () => {
    await using harness = await PollersHarness.start(url, 20);
    const { ids } = harness;
    const first = await harness.receiver({ instances: harness.instances(ids.slice(0, 4)) });
    const second = await harness.receiver({ instances: harness.instances(ids.slice(2)) });
    await harness.untilEachIsPolledOnce();
    await harness.untilShared([first, 4], [second, 16]);
    await second.greenNotifications.stop();
    await harness.until('the known ones', () =>
      harness.parked.every((polls, index) => polls === (index < 4 ? 1 : 0)),
    );
    await second.greenNotifications.start();
    await harness.untilEachIsPolledOnce();
    expect(harness.overlaps).toEqual([]);
  });

  it('share what is added, and no longer what is removed', async () => {
    await using harness = await PollersHarness.start(url, 4);
    const [id] = harness.ids;
    const [added] = harness.instances([id!]);
    const instances = harness.instances(harness.ids.slice(1));
    const first = await harness.receiver({ instances });
    const second = await harness.receiver({ instances });
    for (const { greenNotifications } of [first, second]) {
      await greenNotifications.addInstance(added!);
    }
    await harness.untilEachIsPolledOnce();
    await harness.untilShared([first, 2], [second, 2]);
    for (const { greenNotifications } of [first, second]) {
      await greenNotifications.removeInstance(id!);
    }
    await second.greenNotifications.stop();
    await harness.untilShared([first, 3]);
    const [removed, ...others] = harness.sayToAll('hello');
    await Promise.all(others.map(({ deleted }) => deleted));
    expect(removed!.handOuts).toEqual([]);
    await second.greenNotifications.start();
    for (const { greenNotifications } of [first, second]) {
      await greenNotifications.addInstance(added!);
    }
    await harness.untilEachIsPolledOnce();
    expect(harness.overlaps).toEqual([]);
  });

  it('take no share as workers, not even of what is added', async () => {
    await using harness = await PollersHarness.start(url, 2);
    const [first, second] = harness.ids;
    const instances = harness.instances([first!]);
    const worker = await harness.receiver({ instances }, { role: 'worker' });
    await worker.greenNotifications.addInstance(harness.instances([second!])[0]!);
    const receiver = await harness.receiver({}, { role: 'receiver' });
    await harness.untilEachIsPolledOnce();
    expect(receiver.polled).toEqual(harness.ids);
    expect(worker.polled).toEqual([]);
    await Promise.all(harness.sayToAll('hello').map(({ deleted }) => deleted));
    await harness.until('the worker to handle both', () => harness.handled.length === 2);
    expect(harness.overlaps).toEqual([]);
  });
});
