import type { DeadLetter } from '@green-notifications/nestjs';
import { expect, it } from '@jest/globals';

import type { Claim, Settlement } from '../../src/jobs/job.js';
import type { JobStore } from '../../src/jobs/job.store.js';
import { describeEngines } from '../support/engines.js';
import { jobOf, textsOf } from '../support/jobs.js';

const done = (claim: Claim): Settlement => ({ claim, isDone: true });
const later = (claim: Claim, retryAfterMs: number): Settlement => ({
  claim,
  isDone: false,
  retryAfterMs,
  progress: undefined,
});
const progress = {
  firstAt: new Date(0).toISOString(),
  nonce: 'n',
  isStuck: false,
  handlers: {
    'Inbox.onText': {
      hasMatched: true,
      attempts: 2,
      state: 'pending' as const,
      dueAt: new Date(0).toISOString(),
      toleranceMs: 0,
      error: { name: 'Error', message: 'NUL \u0000 and half a pair \ud800' },
    },
  },
};
const letter: DeadLetter = {
  kind: 'unreadable',
  id: 'letter-1',
  transport: 'polling',
  body: 'NUL \u0000',
  firstAt: new Date(0).toISOString(),
  lastAt: new Date(0).toISOString(),
};

/** Claims until there is something, and fails after ten seconds. */
async function claimSoon(store: JobStore, count: number) {
  const startedAtMs = performance.now();
  for (;;) {
    const jobs = await store.claim(count);
    if (jobs.length > 0) return jobs;
    if (performance.now() - startedAtMs > 10_000) throw new Error('nothing was handed out');
  }
}

async function historyOf(store: JobStore, claim: Claim) {
  return (await store.historiesOf([claim])).get(claim.id);
}

const never = new AbortController().signal;

/** Waits until a lease is over, while those of `alive` are renewed. */
async function takeOverSoon(
  store: JobStore,
  leaseMs: number,
  alive: readonly Claim[] = [],
): Promise<number> {
  const startedAtMs = performance.now();
  for (;;) {
    if (alive.length > 0) await store.renew(alive);
    const count = await store.takeOver(leaseMs);
    if (count > 0) return count;
    if (performance.now() - startedAtMs > 10_000) throw new Error('nothing was taken over');
  }
}

await describeEngines('a job store', ({ open }) => {
  it('hands out the first job of each lane, and the next one when it is done', async () => {
    await using place = await open();
    const store = await place.connect();
    await store.insert([jobOf('a', 'a1'), jobOf('b', 'b1'), jobOf('a', 'a2')]);
    const first = await store.claim(10);
    expect(textsOf(first).toSorted()).toEqual(['a1', 'b1']);
    expect(await store.claim(10)).toEqual([]);
    await store.settle([done(first.find((job) => textsOf([job])[0] === 'a1')!)]);
    expect(textsOf(await store.claim(10))).toEqual(['a2']);
  });

  it('keeps the order of a lane within a batch and from batch to batch', async () => {
    await using place = await open();
    const store = await place.connect();
    const texts = Array.from({ length: 40 }, (_, index) => `text ${index}`);
    await store.insert(texts.slice(0, 30).map((text) => jobOf('a', text)));
    for (const text of texts.slice(30)) await store.insert([jobOf('a', text)]);
    const order: string[] = [];
    for (let turn = 0; turn < texts.length; turn += 1) {
      const jobs = await claimSoon(store, 5);
      order.push(...textsOf(jobs));
      await store.settle(jobs.map(done));
    }
    expect(order).toEqual(texts);
  });

  it('hands out no more than was asked for, oldest first', async () => {
    await using place = await open();
    const store = await place.connect();
    for (const chat of ['a', 'b', 'c']) await store.insert([jobOf(chat, chat)]);
    expect(textsOf(await store.claim(2))).toEqual(['a', 'b']);
    expect(textsOf(await store.claim(2))).toEqual(['c']);
  });

  it('stores a job with a known identity only once, also in one batch', async () => {
    await using place = await open();
    const store = await place.connect();
    const jobs = [jobOf('a', 'same'), jobOf('a', 'same'), jobOf('a', 'other')];
    expect(await store.insert(jobs)).toEqual(new Set([jobs[0]!.id, jobs[2]!.id]));
    expect(await store.insert([jobOf('a', 'same')])).toEqual(new Set());
    const first = await store.claim(10);
    await store.settle(first.map(done));
    // It is done, and still known.
    expect(await store.insert([jobOf('a', 'same')])).toEqual(new Set());
    expect(textsOf(await store.claim(10))).toEqual(['other']);
  });

  it('knows which jobs it has stored', async () => {
    await using place = await open();
    const store = await place.connect();
    const [stored, again, missing] = [jobOf('a', 'one'), jobOf('a', 'one'), jobOf('a', 'two')];
    await store.insert([stored]);
    expect(await store.findStored([stored, again, missing])).toEqual(new Set([stored.id]));
  });

  it('keeps any text, and lanes of any length', async () => {
    await using place = await open();
    const store = await place.connect();
    const texts = ['NUL \u0000', 'half \ud800', '🙂', '\\u0000', 'x'.repeat(100_000)];
    await store.insert(texts.map((text, index) => jobOf(`${index}`, text)));
    const jobs = await store.claim(10);
    expect(textsOf(jobs)).toEqual(texts);
  });

  it('hands a job that was put back out again after its time, before the next of its lane', async () => {
    await using place = await open();
    const store = await place.connect();
    await store.insert([jobOf('a', 'a1'), jobOf('a', 'a2')]);
    const [claim] = await store.claim(1);
    const startedAtMs = performance.now();
    await store.settle([later(claim!, 400)]);
    expect(await store.claim(1)).toEqual([]);
    expect(textsOf(await claimSoon(store, 2))).toEqual(['a1']);
    expect(performance.now() - startedAtMs).toBeGreaterThan(350);
  });

  it('remembers what the handlers had done, and how often it was handed out then', async () => {
    await using place = await open();
    const store = await place.connect();
    await store.insert([jobOf('a', 'a1')]);
    const [first] = await store.claim(1);
    await store.settle([{ claim: first!, isDone: false, retryAfterMs: 0, progress }]);
    const [second] = await claimSoon(store, 1);
    expect(second).toMatchObject({ retryCount: 1 });
    expect(await historyOf(store, second!)).toEqual({
      progress,
      handOuts: 1,
      succeeded: [],
      remembered: [],
    });
    await store.succeeded(second!, 'Inbox.other');
    await store.settle([{ claim: second!, isDone: false, retryAfterMs: 0, progress }]);
    const [third] = await claimSoon(store, 1);
    expect(await historyOf(store, third!)).toEqual({
      progress,
      handOuts: 2,
      succeeded: ['Inbox.other'],
      remembered: [],
    });
  });

  it('remembers results also if the process ends right after them', async () => {
    await using place = await open();
    const store = await place.connect();
    await store.insert([jobOf('a', 'a1'), jobOf('a', 'a2')]);
    const [first] = await store.claim(1);
    const sent = { handler: 'Inbox.onText', name: 'reply 1', result: '{"value":"NUL \\u0000"}' };
    await store.remember(first!, { ...sent, result: '{}' });
    await store.remember(first!, sent);
    await takeOverSoon(store, 1);
    const [second] = await claimSoon(store, 1);
    expect(await historyOf(store, second!)).toMatchObject({ handOuts: 0, remembered: [sent] });
    await store.settle([done(second!)]);
    const [next] = await claimSoon(store, 1);
    expect(await historyOf(store, next!)).toMatchObject({ remembered: [] });
  });

  it('hands out nothing of instances that the process does not know', async () => {
    await using place = await open();
    const store = await place.connect();
    const foreign = jobOf('b', 'b1');
    await store.insert([
      jobOf('a', 'a1'),
      { ...foreign, stored: { ...foreign.stored, idInstance: '4242' } },
    ]);
    expect(textsOf(await store.claim(10, ['4242']))).toEqual(['a1']);
    expect(textsOf(await store.claim(10))).toEqual(['b1']);
  });

  it('takes over only jobs whose claims were not renewed', async () => {
    await using place = await open();
    const store = await place.connect();
    await store.insert([jobOf('a', 'a1'), jobOf('b', 'b1')]);
    const claims = await store.claim(2);
    expect(await store.takeOver(60_000)).toBe(0);
    const alive = claims.find((job) => textsOf([job])[0] === 'a1')!;
    expect(await takeOverSoon(store, 500, [alive])).toBe(1);
    const [again] = await claimSoon(store, 2);
    expect(textsOf([again!])).toEqual(['b1']);
    // It was handed out once, and nobody knows what came of it.
    expect(again).toMatchObject({ retryCount: 1 });
    expect(await historyOf(store, again!)).toMatchObject({ handOuts: 0 });
    // A process that could not run it puts it back. It is still unknown what came of it before.
    await store.settle([later(again!, 0)]);
    const [third] = await claimSoon(store, 2);
    expect(third).toMatchObject({ retryCount: 2 });
    expect(await historyOf(store, third!)).toMatchObject({ handOuts: 1 });
  });

  it('refuses everything from a claim that has ended', async () => {
    await using place = await open();
    const store = await place.connect();
    await store.insert([jobOf('a', 'a1')]);
    const [lost] = await store.claim(1);
    await takeOverSoon(store, 0);
    const [current] = await claimSoon(store, 1);
    expect(await store.renew([lost!])).toEqual(new Set());
    expect(await store.settle([done(lost!)])).toEqual(new Set());
    expect(await store.settle([later(lost!, 0)])).toEqual(new Set());
    await expect(
      store.transaction(lost!, 'Inbox.onText', async () => 'effect', never),
    ).rejects.toMatchObject({ code: 'CLAIM_LOST' });
    await expect(store.deadLetters.putAndSettle([letter], lost!)).rejects.toMatchObject({
      code: 'CLAIM_LOST',
    });
    expect(await store.deadLetters.list()).toEqual([]);
    expect(await store.renew([current!])).toEqual(new Set([current!.id]));
    expect(await store.settle([done(current!)])).toEqual(new Set([current!.id]));
    expect(await store.backlog()).toEqual([]);
  });

  it('records a success together with a transaction, or not at all', async () => {
    await using place = await open();
    const store = await place.connect();
    await store.insert([jobOf('a', 'a1')]);
    const [first] = await store.claim(1);
    await expect(
      store.transaction(
        first!,
        'Inbox.bad',
        async () => {
          throw new Error('no');
        },
        never,
      ),
    ).rejects.toThrow('no');
    const endless = () => new Promise<never>(() => {});
    await expect(
      store.transaction(first!, 'Inbox.endless', endless, AbortSignal.timeout(50)),
    ).rejects.toThrow(/timeout/);
    expect(await store.transaction(first!, 'Inbox.good', async () => 'effect', never)).toBe(
      'effect',
    );
    await store.settle([later(first!, 0)]);
    const [second] = await claimSoon(store, 1);
    expect(await historyOf(store, second!)).toMatchObject({ succeeded: ['Inbox.good'] });
    expect(await store.hasSucceeded(second!, 'Inbox.good')).toBe(true);
    expect(await store.hasSucceeded(second!, 'Inbox.bad')).toBe(false);
  });

  it('ends a job together with its dead letters, and its lane goes on', async () => {
    await using place = await open();
    const store = await place.connect();
    await store.insert([jobOf('a', 'a1'), jobOf('a', 'a2')]);
    const [claim] = await store.claim(1);
    await store.deadLetters.putAndSettle([letter], claim!);
    expect(await store.deadLetters.list()).toEqual([letter]);
    expect(await store.deadLetters.get(letter.id)).toEqual(letter);
    expect(textsOf(await claimSoon(store, 1))).toEqual(['a2']);
    expect(await store.deadLetters.discard(letter.id)).toBe(true);
    expect(await store.deadLetters.discard(letter.id)).toBe(false);
  });

  it('reads letters a few at a time, oldest first', async () => {
    await using place = await open();
    const { deadLetters } = await place.connect();
    const ids = Array.from({ length: 250 }, (_, index) => `letter ${(index * 7) % 250}`);
    await deadLetters.put(ids.map((id) => ({ ...letter, id })));
    const found: string[] = [];
    for await (const { id } of deadLetters.iterate()) {
      found.push(id);
      if (found.length === 1) await deadLetters.discard(ids[200]!);
    }
    expect(found.filter((id) => id !== ids[200])).toEqual(ids.toSpliced(200, 1));
  });

  it('replaces only letters that are still there, if asked to', async () => {
    await using place = await open();
    const { deadLetters } = await place.connect();
    await deadLetters.put([letter]);
    await deadLetters.replace([
      { ...letter, body: 'new' },
      { ...letter, id: 'letter-2' },
    ]);
    expect(await deadLetters.list()).toEqual([{ ...letter, body: 'new' }]);
  });

  it('discards a letter in a transaction, or neither', async () => {
    await using place = await open();
    const { deadLetters } = await place.connect();
    await deadLetters.put([letter]);
    const { id } = letter;
    const fails = () => Promise.reject(new Error('no'));
    await expect(deadLetters.transaction(id, fails, never)).rejects.toThrow('no');
    const aborted = AbortSignal.abort(new Error('stopped'));
    const endless = () => new Promise<never>(() => {});
    await expect(deadLetters.transaction(id, endless, aborted)).rejects.toThrow('stopped');
    expect(await deadLetters.list()).toEqual([letter]);
    expect(await deadLetters.transaction(id, async () => undefined, never)).toBe(true);
    expect(await deadLetters.list()).toEqual([]);
    expect(await deadLetters.transaction(id, async () => undefined, never)).toBe(false);
  });

  it('lets one of two transactions discard a letter', async () => {
    await using place = await open();
    const { deadLetters } = await place.connect();
    await deadLetters.put([letter]);
    const both = [1, 2].map(() =>
      deadLetters.transaction(
        letter.id,
        () => new Promise((resolve) => setImmediate(resolve)),
        never,
      ),
    );
    expect(new Set(await Promise.all(both))).toEqual(new Set([true, false]));
  });

  it('replaces a letter with the same id, which keeps its place', async () => {
    await using place = await open();
    const { deadLetters } = await place.connect();
    await deadLetters.put([letter, { ...letter, id: 'letter-2' }]);
    await deadLetters.put([{ ...letter, body: 'new' }]);
    expect(await deadLetters.list()).toMatchObject([
      { id: 'letter-1', body: 'new' },
      { id: 'letter-2' },
    ]);
  });

  it('counts what waits, and tells which lanes are blocked and why', async () => {
    await using place = await open();
    const store = await place.connect();
    const before = Date.now();
    await store.insert([jobOf('a', 'a1'), jobOf('a', 'a2'), jobOf('b', 'b1')]);
    const [backlog, ...others] = await store.backlog();
    expect(others).toEqual([]);
    expect(backlog).toMatchObject({ idInstance: '1101000001', waiting: 3 });
    expect(backlog!.oldestAt.getTime()).toBeGreaterThan(before - 60_000);
    expect(backlog!.ageMs).toBeGreaterThanOrEqual(0);
    expect(backlog!.ageMs).toBeLessThan(60_000);
    const [claim] = await store.claim(1);
    await store.settle([{ claim: claim!, isDone: false, retryAfterMs: 60_000, progress }]);
    expect(await store.blockedLanes()).toMatchObject([
      {
        idInstance: '1101000001',
        chatId: 'a',
        state: 'retrying',
        waiting: 1,
        handlers: [
          { handler: 'Inbox.onText', attempts: 2, error: 'NUL \u0000 and half a pair \ud800' },
        ],
      },
    ]);
  });

  it('counts by instance, and discards what waits for one of them', async () => {
    await using place = await open();
    const store = await place.connect();
    const ofOther = (text: string) => {
      const job = jobOf('o', text);
      return { ...job, stored: { ...job.stored, idInstance: '4242' } };
    };
    await store.insert([jobOf('a', 'a1')]);
    await store.insert([ofOther('o1'), ofOther('o2'), ofOther('o3')]);
    expect(await store.backlog()).toMatchObject([
      { idInstance: '1101000001', waiting: 1 },
      { idInstance: '4242', waiting: 3 },
    ]);
    const [running] = await store.claim(1, ['1101000001']);
    expect(await store.discard('4242')).toBe(2);
    expect(await store.backlog()).toMatchObject([{ idInstance: '1101000001', waiting: 1 }]);
    // What is handed out is not touched.
    expect(await store.settle([done(running!)])).toEqual(new Set([running!.id]));
    // GREEN-API may deliver it once more.
    expect(await store.insert([ofOther('o2')])).toEqual(new Set());
  });

  it('keeps everything when it is closed and opened again', async () => {
    await using place = await open();
    const before = await place.connect();
    await before.insert([jobOf('a', 'a1'), jobOf('a', 'a2')]);
    const [claim] = await before.claim(1);
    await before.settle([{ claim: claim!, isDone: false, retryAfterMs: 0, progress }]);
    await before.deadLetters.put([letter]);
    const after = await place.connect();
    const [again] = await claimSoon(after, 1);
    expect(textsOf([again!])).toEqual(['a1']);
    expect(await historyOf(after, again!)).toMatchObject({ progress });
    expect(await after.deadLetters.list()).toEqual([letter]);
    expect(await after.insert([jobOf('a', 'a2')])).toEqual(new Set());
  });
});

await describeEngines(
  'a job store of two processes',
  ({ open }) => {
    it('hands no job out to two processes', async () => {
      await using place = await open();
      const [one, other] = [await place.connect(), await place.connect()];
      const jobs = Array.from({ length: 100 }, (_, index) => jobOf(`${index}`, `${index}`));
      await one.insert(jobs);
      const rounds = await Promise.all(
        [one, other, one, other, one, other].map((store) => store.claim(20)),
      );
      const texts = rounds.flatMap((round) => textsOf(round));
      expect(new Set(texts).size).toBe(texts.length);
    });

    it('stores what both have got, in whichever order', async () => {
      await using place = await open();
      const stores = [await place.connect(), await place.connect()];
      for (let round = 0; round < 20; round += 1) {
        const texts = Array.from({ length: 50 }, (_, index) => `${round} ${index}`);
        const [fresh, others] = await Promise.all([
          stores[0]!.insert(texts.map((text) => jobOf(text, text))),
          stores[1]!.insert(texts.toReversed().map((text) => jobOf(text, text))),
        ]);
        expect(fresh.size + others.size).toBe(texts.length);
      }
    });
  },
  { shared: true },
);
