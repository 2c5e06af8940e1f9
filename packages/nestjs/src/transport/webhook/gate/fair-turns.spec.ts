import { setImmediate as nextTurn } from 'node:timers/promises';

import { beforeEach, describe, expect, it } from '@jest/globals';

import { FairTurns } from './fair-turns.js';

const MIB = 1024 * 1024;

describe('FairTurns', () => {
  let turns: FairTurns;
  let done: string[];

  beforeEach(() => {
    turns = new FairTurns();
    done = [];
  });

  async function work(owner: string, name: string, bytes: number): Promise<void> {
    const finished = done;
    await turns.take(owner, bytes);
    finished.push(name);
  }

  it('lets an owner do many small things in a turn, and the rest in later ones', async () => {
    const all = Array.from({ length: 200 }, (_, index) => work('one', String(index), 100));
    await nextTurn();
    const first = done.length;
    expect(first).toBeGreaterThan(20);
    expect(first).toBeLessThan(200);
    await Promise.all(all);
    expect(done).toEqual(Array.from({ length: 200 }, (_, index) => String(index)));
  });

  it('lets an owner do one large thing in a turn', async () => {
    for (const name of ['a', 'b', 'c']) void work('one', name, MIB);
    await Promise.resolve();
    expect(done).toEqual(['a']);
    await nextTurn();
    expect(done).toEqual(['a', 'b']);
    await nextTurn();
    expect(done).toEqual(['a', 'b', 'c']);
  });

  it('does not let others wait for an owner who has much to do', async () => {
    for (const name of ['a', 'b', 'c']) void work('one', name, MIB);
    await work('other', 'other', 100);
    expect(done).toEqual(['a', 'other']);
  });

  it('goes on with the second part of something before it begins anything else', async () => {
    for (const name of ['a', 'b']) {
      void work('one', name, MIB)
        .then(() => turns.takeNext('one', MIB))
        .then(() => done.push(`${name}2`));
    }
    for (let turn = 0; turn < 4; turn += 1) await nextTurn();
    expect(done).toEqual(['a', 'a2', 'b', 'b2']);
  });

  it('gives an owner a new share in each turn', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      expect(turns.take('one', MIB)).toBeUndefined();
      expect(turns.take('one', MIB)).toBeDefined();
      await nextTurn();
      await nextTurn();
    }
  });
});
