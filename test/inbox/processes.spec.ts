import { describe, expect, it, jest } from '@jest/globals';

import { describeWithPostgres } from '../../packages/inbox/test/support/engines.js';
import { temporarySchema } from '../../packages/inbox/test/support/postgres.js';
import { NOTHING_LOST } from '../faults/support/delivery.oracle.js';
import type { KillableApp } from '../faults/support/killable.app.js';
import { CANARY_TOKEN } from '../support/canary.js';
import { KillableScene } from './support/killable.scene.js';

jest.setTimeout(120_000);

const CHATS = Array.from({ length: 20 }, (_, index) => `${index}@c.us`);
const TEXTS = ['take 50', 'take 50 fail once', 'take 51', 'take 52', 'take 53', 'take 54'];

function sayAll(scene: KillableScene): number {
  for (const text of TEXTS) for (const chat of CHATS) scene.say(chat, text);
  return TEXTS.length * CHATS.length;
}

/**
 * Runs that were not necessary. A process that was killed may leave one for each chat: the one that
 * was running, or had just ended.
 */
function unexplained(scene: KillableScene, killed: readonly KillableApp[]): readonly string[] {
  const pids = new Set(killed.map(({ pid }) => pid));
  const begun = scene.runs.filter(({ succeeded }) => !succeeded);
  const laneOf = new Map(
    scene.instance.ledger.entries.map(({ raw }) => {
      const { mark } = JSON.parse(raw) as { mark: { seq: number; lane: string } };
      return [`#${mark.seq}`, mark.lane];
    }),
  );
  const excused = new Set<number>();
  const lastOfLane = new Map<string, number>();
  for (const [at, { identity, process }] of begun.entries()) {
    if (pids.has(process)) lastOfLane.set(`${process} ${laneOf.get(identity)}`, at);
  }
  for (const at of lastOfLane.values()) excused.add(at);
  const counted = begun.filter((_, at) => !excused.has(at));
  return [...laneOf.keys()].filter((identity) => {
    const runs = counted.filter((run) => run.identity === identity);
    return runs.length > (runs[0]?.text.endsWith('fail once') ? 2 : 1);
  });
}

await describeWithPostgres('processes that share an inbox on PostgreSQL', (url) => {
  async function start() {
    const temporary = await temporarySchema(url);
    const { schema } = temporary;
    const scene = await KillableScene.start(() => ({
      connectionString: url,
      schema,
      concurrency: 5,
    }));
    return {
      scene,
      async [Symbol.asyncDispose]() {
        await scene[Symbol.asyncDispose]();
        await temporary[Symbol.asyncDispose]();
      },
    };
  }

  it('18. one of two killed again and again: nothing lost, no chat out of order, no needless repeat', async () => {
    await using started = await start();
    const { scene } = started;
    let receiver = await scene.run();
    let worker = await scene.run({ role: 'worker' });
    const killed: KillableApp[] = [];
    const count = sayAll(scene);
    for (let kill = 1; kill <= 4; kill += 1) {
      await scene.untilHandled(20 * kill);
      const victim = kill % 2 === 0 ? receiver : worker;
      await victim.end('SIGKILL');
      killed.push(victim);
      if (victim === receiver) receiver = await scene.run();
      else worker = await scene.run({ role: 'worker' });
    }
    await scene.untilHandled(count);
    await scene.instance.drained();
    expect(await scene.verdict()).toEqual(NOTHING_LOST);
    expect(unexplained(scene, killed)).toEqual([]);
    expect(new Set(scene.runs.map(({ process }) => process)).size).toBeGreaterThanOrEqual(4);
    expect(scene.outputs).not.toContain(CANARY_TOKEN);
  });

  it('14. a worker that is paused for longer than its lease cannot complete what another took over', async () => {
    await using started = await start();
    const { scene } = started;
    const receiver = await scene.run({ role: 'receiver' });
    const paused = await scene.run({ role: 'worker', leaseMs: 1000 });
    scene.say('1@c.us', 'take 400', 'behind');
    await scene.until('it is begun', () => scene.runs.length > 0);
    paused.signal('SIGSTOP');
    const other = await scene.run({ role: 'worker', leaseMs: 1000 });
    await scene.untilHandled(2);
    paused.signal('SIGCONT');
    await scene.until('its completion is refused', () => paused.output.includes('taken over'));
    expect(await scene.verdict()).toEqual(NOTHING_LOST);
    const ofOther = scene.runs.filter(({ process }) => process === other.pid);
    expect(ofOther.map(({ text }) => text)).toEqual(['take 400', 'take 400', 'behind', 'behind']);
    expect(await receiver.end('SIGTERM')).toBe(0);
  });

  it('20. a worker whose event loop is blocked for longer than its lease is fenced as well', async () => {
    await using started = await start();
    const { scene } = started;
    await scene.run({ role: 'receiver' });
    const blocked = await scene.run({ role: 'worker', leaseMs: 1000 });
    scene.say('1@c.us', 'block 5000', 'behind');
    await scene.until('it is begun', () => scene.runs.length > 0);
    await scene.run({ role: 'worker', leaseMs: 1000 });
    await scene.until('its completion is refused', () => blocked.output.includes('taken over'));
    await scene.untilHandled(2);
    expect((await scene.verdict()).overtaken).toEqual([]);
    expect((await scene.verdict()).lost).toEqual([]);
  });

  it('a message that ends its process becomes a dead letter, and its chat goes on', async () => {
    await using started = await start();
    const { scene } = started;
    await scene.run({ role: 'receiver' });
    scene.say('1@c.us', 'kill', 'behind');
    for (let life = 1; life <= 3; life += 1) {
      const worker = await scene.run({ role: 'worker', leaseMs: 1000 });
      await worker.ended;
    }
    await scene.run({ role: 'worker', leaseMs: 1000 });
    await scene.untilHandled(1);
    const [letter] = await scene.letters();
    expect(letter!.letter).toMatchObject({
      attempts: 3,
      error: { code: 'HANDLER_LOST' },
    });
    expect(await scene.verdict()).toEqual(NOTHING_LOST);
  });

  it('15. SIGTERM puts back at once what it cuts off', async () => {
    await using started = await start();
    const { scene } = started;
    await scene.run({ role: 'receiver' });
    // Its lease would last longer than this test.
    const first = await scene.run({ role: 'worker', leaseMs: 600_000 });
    scene.say('1@c.us', 'take 3000', 'behind');
    await scene.until('it is begun', () => scene.runs.length > 0);
    expect(await first.end('SIGTERM')).toBe(0);
    await scene.run({ role: 'worker' });
    await scene.untilHandled(2);
    expect(await scene.verdict()).toEqual(NOTHING_LOST);
  });
});

describe('a process with an inbox on PGlite', () => {
  it('17. killed and restarted: nothing lost, no chat out of order, no needless repeat', async () => {
    await using scene = await KillableScene.start((folder) => ({
      directory: `${folder}/inbox`,
      concurrency: 5,
    }));
    let app = await scene.run();
    const killed: KillableApp[] = [];
    const count = sayAll(scene);
    for (let kill = 1; kill <= 3; kill += 1) {
      await scene.untilHandled(20 * kill);
      await app.end('SIGKILL');
      killed.push(app);
      app = await scene.run();
    }
    await scene.untilHandled(count);
    await scene.instance.drained();
    expect(await scene.verdict()).toEqual(NOTHING_LOST);
    expect(unexplained(scene, killed)).toEqual([]);
  });
});
