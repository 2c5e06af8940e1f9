import { describe, expect, it, jest } from '@jest/globals';

import { describeWithPostgres } from '../../packages/inbox/test/support/engines.js';
import { temporarySchema } from '../../packages/inbox/test/support/postgres.js';
import { NOTHING_LOST } from '../faults/support/delivery.oracle.js';
import type { KillableApp } from '../faults/support/killable.app.js';
import { CANARY_TOKEN } from '../support/canary.js';
import { KillableScene } from './support/killable.scene.js';
import { unexplained } from './support/repeats.js';

jest.setTimeout(300_000);

const CHATS = Array.from({ length: 20 }, (_, index) => `${index}@c.us`);
const TEXTS = ['take 200', 'take 200 fail once', 'take 201', 'take 202'];

function sayAll(scene: KillableScene): number {
  for (const text of TEXTS) for (const chat of CHATS) scene.say(chat, text);
  return TEXTS.length * CHATS.length;
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
    let count = sayAll(scene);
    for (let kill = 1; kill <= 4; kill += 1) {
      const victim = kill % 2 === 0 ? receiver : worker;
      // A process starts slowly on a busy machine, and there must be something left for it.
      count += sayAll(scene);
      await scene.untilWorks(victim);
      await victim.end('SIGKILL');
      killed.push(victim);
      if (victim === receiver) receiver = await scene.run();
      else worker = await scene.run({ role: 'worker' });
    }
    await scene.untilHandled(count);
    await scene.instance.drained();
    expect(await scene.verdict()).toEqual(NOTHING_LOST);
    expect(unexplained(scene, killed)).toEqual([]);
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
    let count = sayAll(scene);
    for (let kill = 1; kill <= 3; kill += 1) {
      count += sayAll(scene);
      await scene.untilWorks(app);
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
