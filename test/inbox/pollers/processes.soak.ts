import { expect, it, jest } from '@jest/globals';

import { describeWithPostgres } from '../../../packages/inbox/test/support/engines.js';
import { PollersHarness } from './pollers.harness.js';

jest.setTimeout(90_000);

const LONGEST_TAKEOVER_MS = 3000 + 2000;

/** The texts that were handled with success. */
const handledIn = ({ runs }: PollersHarness): string[] =>
  runs.filter(({ succeeded }) => succeeded).map(({ text }) => text);

await describeWithPostgres('processes that share polled instances', (url) => {
  it('replace the pollers of one that is killed', async () => {
    await using harness = await PollersHarness.start(url, 20);
    const victim = await harness.process();
    await harness.process();
    await harness.until('shares', () => victim.output.includes('Polling 10 of 20'));
    await harness.untilEachIsPolledOnce();
    harness.sayToAll('before');
    await harness.until('all to be handled', () => handledIn(harness).length >= 20);
    await harness.untilNothingIsStored();
    await victim.end('SIGKILL');
    expect(harness.parked.filter((polls) => polls === 0)).toHaveLength(10);
    const entries = harness.sayToAll('after');
    expect(await harness.untilEachIsPolledOnce()).toBeLessThan(LONGEST_TAKEOVER_MS);
    await Promise.all(entries.map(({ deleted }) => deleted));
    const next = await harness.process();
    await harness.until('shares', () => next.output.includes('Polling 10 of 20'));
    await harness.untilEachIsPolledOnce();
    await harness.until('all to be handled', () => handledIn(harness).length >= 40);
    const said = [...harness.textsOf('before'), ...harness.textsOf('after')];
    expect(handledIn(harness).toSorted()).toEqual(said.toSorted());
    expect(harness.overlaps).toEqual([]);
  });

  it('replace the pollers of one that is paused, and handle nothing twice when it goes on', async () => {
    await using harness = await PollersHarness.start(url, 20);
    const paused = await harness.process();
    const other = await harness.process();
    await harness.until('shares', () => paused.output.includes('Polling 10 of 20'));
    await harness.untilEachIsPolledOnce();
    paused.signal('SIGSTOP');
    // The store does not recognise these when they come again.
    harness.changeStateOfAll();
    const entries = harness.sayToAll('while paused');
    const takeOverMs = await harness.until('all to be received', () =>
      entries.every(({ state }) => state === 'deleted'),
    );
    expect(takeOverMs).toBeLessThan(LONGEST_TAKEOVER_MS);
    await harness.until('a line', () => other.output.includes('Taking over 10 polled instances'));
    await harness.until('a line', () => other.output.includes('Polling 20 of 20'));
    paused.signal('SIGCONT');
    await harness.until('it to notice', () => paused.output.includes('did not renew its lease'));
    await harness.untilEachIsPolledOnce();
    harness.sayToAll('afterwards');
    await harness.until('all to be handled', () => handledIn(harness).length >= 60);
    await harness.until('shares', () => other.output.split('Polling 10 of 20').length === 3);
    await harness.untilEachIsPolledOnce();
    const states = harness.ids.map(() => '');
    const said = [...states, ...harness.textsOf('afterwards'), ...harness.textsOf('while paused')];
    expect(handledIn(harness).toSorted()).toEqual(said.toSorted());
  });

  it('hand over at once what one that gets SIGTERM has polled', async () => {
    await using harness = await PollersHarness.start(url, 20);
    const first = await harness.process();
    const second = await harness.process();
    await harness.until('shares', () => second.output.includes('Polling 10 of 20'));
    await harness.untilEachIsPolledOnce();
    const ended = first.end('SIGTERM');
    await harness.until('it to end', () => harness.parked.includes(0));
    expect(await harness.untilEachIsPolledOnce()).toBeLessThan(1000);
    expect(await ended).toBe(0);
    expect(harness.overlaps).toEqual([]);
  });
});
