import { describe, expect, it, jest } from '@jest/globals';

import { describeWithPostgres } from '../../packages/inbox/test/support/engines.js';
import { CANARY_TOKEN } from '../support/canary.js';
import { ALL_WELL } from './support/sample.oracle.js';
import { SampleScene } from './support/sample.scene.js';
import { temporaryDatabase } from './support/temporary.database.js';

jest.setTimeout(300_000);

const CHATS = Array.from({ length: 20 }, (_, index) => `7900111${1000 + index}@c.us`);
const LONG_MS = 2500;

/** Short sleeps, a failure in every fourth chat, and an answer at the end, which is returned. */
function sayRound(scene: SampleScene, round: string): readonly string[] {
  return CHATS.map((chat, index) => {
    const echo = `echo ${round} ${index}`;
    const failure = index % 4 === 0 ? ['fail 1'] : [];
    scene.say(chat, scene.nextSleep(50), ...failure, scene.nextSleep(50), echo);
    return echo;
  });
}

/** Kills in the middle of a long sleep, `kills` times, and each time under the load of all chats. */
async function killAgainAndAgain(scene: SampleScene, kills: number): Promise<void> {
  for (let kill = 1; kill <= kills; kill += 1) {
    sayRound(scene, `before ${kill}`);
    const long = scene.nextSleep(LONG_MS);
    scene.say(CHATS[kill]!, long);
    await scene.killWhoever(long);
    const echoes = sayRound(scene, `after ${kill}`);
    await scene.run();
    for (const echo of echoes) await scene.untilEchoed(echo);
    // It was in the middle, so somebody had to begin it once more.
    expect(scene.timesBegun(long)).toBe(2);
  }
  await scene.instance.drained();
}

await describeWithPostgres('processes of the sample app with an inbox on PostgreSQL', (url) => {
  it('18. one of two killed again and again: nothing lost, no chat out of order, no needless repeat', async () => {
    await using database = await temporaryDatabase(url);
    await using scene = await SampleScene.start(() => database.url);
    await Promise.all([scene.run(), scene.run()]);
    await killAgainAndAgain(scene, 3);
    expect(scene.verdict).toEqual(ALL_WELL);
    expect(await jobsIn(database)).toBe(0);
    expect(scene.outputs).not.toContain(CANARY_TOKEN);
  });

  it('two of them handle more than one', async () => {
    const durations: number[] = [];
    for (const workers of [1, 2]) {
      await using database = await temporaryDatabase(url);
      await using scene = await SampleScene.start(() => database.url);
      // Twice as many chats as one process handles at the same time.
      for (let chat = 0; chat < 100; chat += 1) scene.say(`${chat}@c.us`, scene.nextSleep(4000));
      const worker = () => scene.run({ GREEN_API_INBOX_ROLE: 'worker' });
      await Promise.all(Array.from({ length: workers }, worker));
      await scene.run({ GREEN_API_INBOX_ROLE: 'receiver' });
      await scene.until('the first sleep', () => scene.outputs.includes('Sleeping'));
      const beganAtMs = performance.now();
      await scene.instance.drained();
      await scene.until('nothing to be left', async () => (await jobsIn(database)) === 0);
      durations.push(performance.now() - beganAtMs);
      expect(scene.verdict).toEqual(ALL_WELL);
    }
    // 8 s and 4 s, if nothing but the sleeps took time.
    expect(durations[0]! / durations[1]!).toBeGreaterThan(1.3);
  });
});

describe('the sample app with an inbox on PGlite', () => {
  it('17. killed and restarted: nothing lost, no chat out of order, no needless repeat', async () => {
    await using scene = await SampleScene.start((folder) => `pglite:${folder}/inbox`);
    await scene.run();
    await killAgainAndAgain(scene, 2);
    expect(scene.verdict).toEqual(ALL_WELL);
  });
});

/** What is stored and not yet handled, read without the product. */
async function jobsIn({ client }: Awaited<ReturnType<typeof temporaryDatabase>>): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) from green_notifications.job`,
  );
  return Number(rows[0]!.count);
}
