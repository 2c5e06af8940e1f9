import { expect, it, jest } from '@jest/globals';

import { describeWithPostgres } from '../../packages/inbox/test/support/engines.js';
import { temporarySchema } from '../../packages/inbox/test/support/postgres.js';
import { NOTHING_LOST } from '../faults/support/delivery.oracle.js';
import type { KillableApp } from '../faults/support/killable.app.js';
import { KillableScene } from './support/killable.scene.js';
import { unexplained } from './support/repeats.js';
import { StallingProxy } from './support/stalling.proxy.js';

jest.setTimeout(300_000);

const CHATS = Array.from({ length: 20 }, (_, index) => `${index}@c.us`);
const TEXTS = ['take 100', 'take 100 fail once', 'take 101', 'take 102'];
const LEASE_MS = 2000;
/** Longer than a lease, and longer than it takes to notice that one has run out. */
const LONG = `take ${3 * LEASE_MS}`;
const HOUR_MS = 60 * 60 * 1000;
const TOOK_OVER = 'Took over notifications';
const REFUSED = 'taken over';

/** Resolves when the process runs handlers of what is said. Until then others may handle it all. */
async function sayAllTo(scene: KillableScene, app: KillableApp): Promise<void> {
  const runsOfIt = () => scene.runs.filter(({ process }) => process === app.pid).length;
  const handled = () => scene.runs.filter(({ succeeded }) => succeeded).length;
  const before = runsOfIt();
  let saidAt = -Infinity;
  await scene.until('it runs handlers', () => {
    if (runsOfIt() > before) return true;
    if (handled() < saidAt) return false;
    for (const text of TEXTS) for (const chat of CHATS) scene.say(chat, text);
    saidAt = handled() + (TEXTS.length * CHATS.length) / 2;
    return false;
  });
}

await describeWithPostgres('workers on two machines', (url) => {
  async function start() {
    const temporary = await temporarySchema(url);
    const { schema } = temporary;
    const scene = await KillableScene.start(() => ({
      connectionString: url,
      schema,
      concurrency: 12,
      leaseMs: LEASE_MS,
    }));
    return {
      scene,
      untilAllHandled: async () => {
        await scene.untilHandled(scene.instance.ledger.entries.length);
        await scene.instance.drained();
      },
      async [Symbol.asyncDispose]() {
        await scene[Symbol.asyncDispose]();
        await temporary[Symbol.asyncDispose]();
      },
    };
  }

  it.each([
    ['ahead', HOUR_MS],
    ['behind', -HOUR_MS],
  ])(
    '41. one clock an hour %s: leases last as long as they should, and fence',
    async (_, clockAheadMs) => {
      await using started = await start();
      const { scene } = started;
      const shifted = () => scene.run({}, { clockAheadMs });
      let right = await scene.run();
      let wrong = await shifted();

      // Leases that expired at once would be taken over while their owners live.
      for (const chat of CHATS) scene.say(chat, LONG);
      await scene.until('both run handlers', () =>
        [right, wrong].every(({ pid }) => scene.runs.some(({ process }) => process === pid)),
      );
      await started.untilAllHandled();
      expect(scene.outputs).not.toContain(TOOK_OVER);
      expect(unexplained(scene, [])).toEqual([]);

      // Leases that never expired would not be taken over, whoever looks at them.
      const killed: KillableApp[] = [];
      await sayAllTo(scene, wrong);
      await wrong.end('SIGKILL');
      killed.push(wrong);
      await started.untilAllHandled();
      wrong = await shifted();
      await sayAllTo(scene, right);
      await right.end('SIGKILL');
      killed.push(right);
      await started.untilAllHandled();

      // What is completed after the lease is refused.
      right = await scene.run();
      await sayAllTo(scene, wrong);
      wrong.signal('SIGSTOP');
      await started.untilAllHandled();
      wrong.signal('SIGCONT');
      await scene.until('its completions are refused', () => wrong.output.includes(REFUSED));
      expect(await scene.verdict()).toEqual(NOTHING_LOST);
      expect(unexplained(scene, [...killed, wrong])).toEqual([]);
    },
  );

  /** One that works through a proxy and runs handlers that outlast its lease, and one that is not cut off. */
  async function startSplit() {
    const started = await start();
    const { scene } = started;
    const proxy = await StallingProxy.start(url);
    await scene.run({ role: 'receiver' });
    const cut = await scene.run({ role: 'worker', connectionString: proxy.url });
    return {
      ...started,
      proxy,
      cut,
      /** Another one has handled all that was said. */
      async split() {
        for (const chat of CHATS) scene.say(chat, LONG, 'behind');
        await scene.untilWorks(cut);
        proxy.stall();
        const other = await scene.run({ role: 'worker' });
        await scene.until('it takes over', () => other.output.includes(TOOK_OVER));
        await started.untilAllHandled();
      },
      async [Symbol.asyncDispose]() {
        await started[Symbol.asyncDispose]();
        await proxy[Symbol.asyncDispose]();
      },
    };
  }

  it('41. a network split that heals: what was taken over cannot be completed, and it goes on by itself', async () => {
    await using started = await startSplit();
    const { scene, proxy, cut } = started;
    await started.split();
    const linesUntilThen = scene.runs.length;
    proxy.resume();
    await scene.until('its completions are refused', () => cut.output.includes(REFUSED));
    await sayAllTo(scene, cut);
    await started.untilAllHandled();
    expect(await scene.verdict()).toEqual(NOTHING_LOST);
    expect(unexplained(scene, [{ pid: cut.pid, linesUntilThen }])).toEqual([]);
  });

  it('41. a network split that does not heal: nothing is lost, and the one behind it can be stopped', async () => {
    await using started = await startSplit();
    const { scene, cut } = started;
    await started.split();
    expect(await cut.end('SIGTERM')).toBe(0);
    expect(await scene.verdict()).toEqual(NOTHING_LOST);
    expect(unexplained(scene, [cut])).toEqual([]);
  });

  it('41. a network split that only new connections survive: it goes on by itself', async () => {
    await using started = await startSplit();
    const { scene, proxy, cut } = started;
    await started.split();
    const linesUntilThen = scene.runs.length;
    proxy.resumeForNew();
    await sayAllTo(scene, cut);
    await started.untilAllHandled();
    expect(await scene.verdict()).toEqual(NOTHING_LOST);
    expect(unexplained(scene, [{ pid: cut.pid, linesUntilThen }])).toEqual([]);
  });

  it('41. claims whose answer comes after the lease are not handed out', async () => {
    await using started = await startSplit();
    const { scene, proxy, cut } = started;
    const claimed = proxy.stallAtAnswer('take 100');
    for (const chat of CHATS) scene.say(chat, 'take 100', 'behind');
    await claimed;
    await scene.run({ role: 'worker' });
    await started.untilAllHandled();
    proxy.resume();
    await sayAllTo(scene, cut);
    await started.untilAllHandled();
    expect(await scene.verdict()).toEqual(NOTHING_LOST);
    expect(unexplained(scene, [])).toEqual([]);
  });
});
