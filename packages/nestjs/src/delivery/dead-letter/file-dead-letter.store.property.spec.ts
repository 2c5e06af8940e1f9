import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { DeadLetter } from './dead-letter.js';
import { FileDeadLetterStore } from './file-dead-letter.store.js';
import { LETTER_FILE_TUNING } from './letter-file.js';

/** So small that most runs rewrite the file. */
const TUNING = { ...LETTER_FILE_TUNING, mostObsoleteBytes: 300 };

let folder: string;
let files = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dead-letters-'));
});
afterEach(() => rm(folder, { recursive: true }));

const newFile = () => join(folder, `${(files += 1)}.jsonl`);
const openStore = (path: string) => new FileDeadLetterStore(path, TUNING);

const ids = fc.constantFrom('a', 'b', 'c', 'd');
const letter: fc.Arbitrary<DeadLetter> = fc.record({
  kind: fc.constant('unreadable' as const),
  id: ids,
  idInstance: fc.constant('1101'),
  transport: fc.constantFrom('polling' as const, 'webhook' as const),
  body: fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constant('\ud800 half a sign')),
  firstAt: fc.constant('2026-01-01T00:00:00.000Z'),
  lastAt: fc.constant('2026-01-01T00:00:00.000Z'),
});
const letters = fc.array(letter, { maxLength: 3 });
const changes = fc.array(
  fc.oneof(
    letters.map((put) => ({ put })),
    ids.map((discard) => ({ discard })),
    fc.constant({ restart: true }),
  ),
  { maxLength: 30 },
);

/** The value after a round trip through JSON: that is what is on disk. */
const onDisk = (all: readonly DeadLetter[]): unknown => JSON.parse(JSON.stringify(all));

describe('the dead letter file, with any sequence of calls', () => {
  it('contains the same as a map, across restarts and rewrites', async () => {
    const property = fc.asyncProperty(changes, async (all) => {
      const path = newFile();
      let store = openStore(path);
      const model = new Map<string, DeadLetter>();
      const answers: boolean[] = [];
      for (const change of all) {
        if ('put' in change) {
          await store.put(change.put);
          for (const one of change.put) model.set(one.id, one);
        } else if ('discard' in change) {
          answers.push((await store.discard(change.discard)) === model.delete(change.discard));
        } else {
          await store.close();
          store = openStore(path);
        }
        expect(onDisk(await store.list())).toEqual(onDisk([...model.values()]));
        for (const [id, one] of model) {
          expect(onDisk([(await store.get(id))!])).toEqual(onDisk([one]));
        }
      }
      expect(answers).not.toContain(false);
      await store.close();
    });
    await expect(fc.assert(property, { numRuns: 50 })).resolves.toBeUndefined();
  });

  it('loses no complete line when a crash cuts the file off anywhere, and accepts new letters', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.array(letter, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      letters,
      async (all, share, next) => {
        const path = newFile();
        const before = new FileDeadLetterStore(path);
        for (const put of all) await before.put(put);
        await before.close();
        const bytes = await readFile(path);
        const left = Math.floor(bytes.length * share);
        await truncate(path, left);

        const whole = bytes.subarray(0, left).toString('latin1').split('\n').length - 1;
        const kept = [...all.slice(0, whole).flat(), ...next];
        const model = new Map(kept.map((one) => [one.id, one]));
        const after = openStore(path);
        await after.put(next);
        expect(onDisk(await after.list())).toEqual(onDisk([...model.values()]));
        await after.close();
        const again = openStore(path);
        expect(onDisk(await again.list())).toEqual(onDisk([...model.values()]));
        await again.close();
      },
    );
    await expect(fc.assert(property, { numRuns: 50 })).resolves.toBeUndefined();
  });
});
