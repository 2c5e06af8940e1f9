import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { DeadLetter } from './dead-letter.js';
import { FileDeadLetterStore } from './file-dead-letter.store.js';

let folder: string;
let files = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dead-letters-'));
});
afterEach(() => rm(folder, { recursive: true }));

const newFile = () => join(folder, `${(files += 1)}.jsonl`);

const ids = fc.constantFrom('a', 'b', 'c', 'd');
const letters: fc.Arbitrary<DeadLetter> = fc.record({
  kind: fc.constant('unreadable' as const),
  id: ids,
  idInstance: fc.constant('1101'),
  transport: fc.constantFrom('polling' as const, 'webhook' as const),
  body: fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constant('\ud800 half a sign')),
  firstAt: fc.constant('2026-01-01T00:00:00.000Z'),
  lastAt: fc.constant('2026-01-01T00:00:00.000Z'),
});
const changes = fc.array(
  fc.oneof(
    letters.map((put) => ({ put })),
    ids.map((discard) => ({ discard })),
    fc.constant({ restart: true }),
  ),
  { maxLength: 30 },
);

/** What JSON makes of it, which is what is on the disk. */
const onDisk = (all: readonly DeadLetter[]): unknown => JSON.parse(JSON.stringify(all));

describe('any use of the dead letter file', () => {
  it('keeps what a map would keep, over restarts', async () => {
    const property = fc.asyncProperty(changes, async (all) => {
      const path = newFile();
      let store = new FileDeadLetterStore(path);
      const model = new Map<string, DeadLetter>();
      const answers: boolean[] = [];
      for (const change of all) {
        if ('put' in change) {
          await store.put(change.put);
          model.set(change.put.id, change.put);
        } else if ('discard' in change) {
          answers.push((await store.discard(change.discard)) === model.delete(change.discard));
        } else {
          await store.close();
          store = new FileDeadLetterStore(path);
        }
        expect(onDisk(await store.list())).toEqual(onDisk([...model.values()]));
      }
      expect(answers).not.toContain(false);
      await store.close();
    });
    await expect(fc.assert(property, { numRuns: 50 })).resolves.toBeUndefined();
  });

  it('loses nothing that was whole when a crash cut the file off anywhere, and takes new letters', async () => {
    const property = fc.asyncProperty(
      fc.array(letters, { minLength: 1, maxLength: 6 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      letters,
      async (all, share, next) => {
        const path = newFile();
        const before = new FileDeadLetterStore(path);
        for (const letter of all) await before.put(letter);
        await before.close();
        const bytes = await readFile(path);
        const left = Math.floor(bytes.length * share);
        await truncate(path, left);

        const whole = bytes.subarray(0, left).toString('latin1').split('\n').length - 1;
        const model = new Map(all.slice(0, whole).map((letter) => [letter.id, letter]));
        model.set(next.id, next);
        const after = new FileDeadLetterStore(path);
        await after.put(next);
        expect(onDisk(await after.list())).toEqual(onDisk([...model.values()]));
        await after.close();
        const again = new FileDeadLetterStore(path);
        expect(onDisk(await again.list())).toEqual(onDisk([...model.values()]));
        await again.close();
      },
    );
    await expect(fc.assert(property, { numRuns: 50 })).resolves.toBeUndefined();
  });
});
