import {
  appendFile,
  chmod,
  type FileHandle,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import type { DeadLetter } from './dead-letter.js';
import { FileDeadLetterStore } from './file-dead-letter.store.js';
import { LETTER_FILE_TUNING, type LetterFileTuning } from './letter-file.js';
import { thisProcess } from './lock-owner.js';
import { idsOf, letter } from './samples/letter.sample.js';

const TUNING: LetterFileTuning = { ...LETTER_FILE_TUNING, silenceMs: 200, patienceMs: 200 };

interface Put {
  readonly put: readonly DeadLetter[];
}

let folder: string;
let path: string;
let opened: FileDeadLetterStore[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dead-letters-'));
  path = join(folder, 'sub', 'letters.jsonl');
  opened = [];
});
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(opened.map((store) => store.close()));
  await rm(folder, { recursive: true });
});

function storeAt(at = path, tuning: Partial<LetterFileTuning> = {}): FileDeadLetterStore {
  const store = new FileDeadLetterStore(at, { ...TUNING, ...tuning });
  opened.push(store);
  return store;
}

const lines = async () => (await readFile(path, 'utf8')).trimEnd().split('\n');

/**
 * Takes the lock over, as a process in another container does if it thinks that this one is dead.
 */
async function takeOver(): Promise<void> {
  const owner = { ...(await thisProcess('another')), pidSpace: 'elsewhere' };
  await writeFile(`${path}.new`, JSON.stringify(owner));
  await rename(`${path}.new`, `${path}.lock`);
}

/** The prototype of all file handles. Tests mock its methods to make the disk fail. */
async function fileHandles(): Promise<FileHandle> {
  const handle = await open(folder, 'r');
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
}

describe('the dead letter file', () => {
  it('keeps letters across a restart, oldest first, without discarded ones', async () => {
    const before = storeAt();
    for (const id of ['a', 'b', 'c']) await before.put([letter(id)]);
    expect(await before.discard('b')).toBe(true);
    expect(await before.discard('b')).toBe(false);
    await before.close();

    const after = storeAt();
    expect(idsOf(await after.list())).toEqual(['a', 'c']);
    expect(await after.get('c')).toEqual(letter('c'));
    expect(await after.get('b')).toBeUndefined();
  });

  it('replaces a letter that is put again, and keeps its place', async () => {
    const store = storeAt();
    await store.put([letter('a', 'first'), letter('b')]);
    await store.put([letter('a', 'second')]);
    expect(await store.list()).toEqual([letter('a', 'second'), letter('b')]);
    expect(await store.get('a')).toEqual(letter('a', 'second'));
  });

  it('has written all letters of a put in one line when the put resolves', async () => {
    const store = storeAt();
    const letters = [letter('a'), letter('b')];
    await store.put(letters);
    expect(await readFile(path, 'utf8')).toBe(`${JSON.stringify({ put: letters })}\n`);
  });

  it('writes nothing for a put without letters', async () => {
    const store = storeAt();
    await store.put([]);
    expect(await readFile(path, 'utf8')).toBe('');
  });

  it('reads a file in the old format, with one letter in each line', async () => {
    const store = storeAt();
    await store.check();
    await store.close();
    const old = [{ put: letter('a') }, { put: letter('b') }, { discard: 'a' }];
    await writeFile(path, old.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    const after = storeAt();
    expect(await after.list()).toEqual([letter('b')]);
    expect(await after.get('b')).toEqual(letter('b'));
  });

  it('is created by check(), which rejects if that is not possible', async () => {
    const store = storeAt();
    await store.check();
    expect(await readFile(path, 'utf8')).toBe('');
    await writeFile(join(folder, 'file'), '');
    await expect(storeAt(join(folder, 'file', 'letters')).check()).rejects.toThrow(
      /EEXIST|ENOTDIR/,
    );
    await expect(storeAt(folder).check()).rejects.toThrow(/EISDIR/);
  });

  it('can be read only by its owner, and so can its lock, also after a rewrite', async () => {
    const store = storeAt(path, { mostObsoleteBytes: 0 });
    const modes = async () => {
      const names = await readdir(join(folder, 'sub'));
      return Promise.all(
        names.map(async (name) => [name, (await stat(join(folder, 'sub', name))).mode & 0o777]),
      );
    };
    const expected = [
      ['letters.jsonl', 0o600],
      ['letters.jsonl.lock', 0o600],
    ];
    await store.put([letter('a')]);
    expect(await modes()).toEqual(expected);
    for (let count = 0; count < 2; count += 1) await store.put([letter('a')]);
    await store.close();
    expect(await lines()).toHaveLength(1);
    expect(await modes()).toEqual(expected.slice(0, 1));
    await chmod(path, 0o644);
    await storeAt().check();
    expect(await modes()).toEqual(expected);
  });

  it.each(['\u2028', '\u2029', '\r', '\n', '\u0085'])(
    'keeps a %j inside a letter',
    async (sign) => {
      const store = storeAt();
      await store.put([letter('a', `before${sign}after`)]);
      await store.close();
      expect(await storeAt().list()).toEqual([letter('a', `before${sign}after`)]);
    },
  );
});

describe('a dead letter file after a crash', () => {
  it('contains all letters of a put or none, wherever its line was cut off', async () => {
    const before = storeAt();
    await before.put([letter('a')]);
    const whole = (await stat(path)).size;
    await before.put([letter('b'), letter('c')]);
    await before.close();
    const bytes = await readFile(path);
    for (let left = whole - 1; left <= bytes.length; left += 1) {
      await writeFile(path, bytes.subarray(0, left));
      const expected = left < whole ? [] : left < bytes.length ? ['a'] : ['a', 'b', 'c'];
      const after = new FileDeadLetterStore(path, TUNING);
      expect([left, idsOf(await after.list())]).toEqual([left, expected]);
      await after.put([letter('d')]);
      await after.close();
      const put = (await lines()).flatMap((line) => (JSON.parse(line) as Put).put);
      expect([left, idsOf(put)]).toEqual([left, [...expected, 'd']]);
    }
  }, 30_000);

  it('is opened without the drafts of an unfinished compaction or take-over', async () => {
    const store = storeAt();
    await store.put([letter('a')]);
    await store.close();
    const id = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
    for (const name of [`.${id}.tmp`, `.lock.${id}.tmp`, '.mine.tmp']) {
      await writeFile(`${path}${name}`, 'half');
    }
    await storeAt().check();
    expect(await readdir(join(folder, 'sub'))).toEqual([
      'letters.jsonl',
      'letters.jsonl.lock',
      'letters.jsonl.mine.tmp',
    ]);
  });

  it.each(['{"put":', 'null', '{"put":5}', '{"put":[{}]}', '{"new":"kind"}', ''])(
    'is rejected with the file and the line number if a line is %j',
    async (line) => {
      const store = storeAt();
      await store.put([letter('a')]);
      await store.close();
      const bytes = `${await readFile(path, 'utf8')}${line}\n${JSON.stringify({ put: [letter('b')] })}\n`;
      await writeFile(path, bytes);
      await expect(storeAt().check()).rejects.toThrow(
        `Line 2 of the dead letter file ${path} is damaged; move the file away`,
      );
      expect(await readFile(path, 'utf8')).toBe(bytes);
    },
  );
});

describe('the size of the dead letter file', () => {
  it('stays below a limit when the same letter is put again and again', async () => {
    const mostObsoleteBytes = 20_000;
    const store = storeAt(path, { mostObsoleteBytes });
    let largest = 0;
    for (let count = 0; count < 10; count += 1) {
      const puts = Array.from({ length: 200 }, () => store.put([letter('a', count)]));
      await Promise.all(
        puts.map(async (put) => {
          await put;
          largest = Math.max(largest, (await stat(path)).size);
        }),
      );
    }
    expect(largest).toBeGreaterThan(mostObsoleteBytes);
    expect(largest).toBeLessThan(mostObsoleteBytes + 1000);
    expect(await store.list()).toEqual([letter('a', 9)]);
  });

  it('is limited in bytes, so that a few long letters cause a rewrite, too', async () => {
    const store = storeAt();
    const body = 'x'.repeat(100_000);
    for (let count = 0; count < 30; count += 1) await store.put([letter('a', body)]);
    await store.close();
    expect((await stat(path)).size).toBeLessThan(2 ** 20 + 300_000);
  });

  it('shrinks after discards, and the other letters keep their order', async () => {
    const store = storeAt(path, { mostObsoleteBytes: 10_000 });
    const ids = Array.from({ length: 300 }, (_, index) => `letter ${index}`);
    await store.put([letter('kept'), letter('discarded')]);
    await Promise.all(ids.map((id) => store.put([letter(id)])));
    await store.put([letter('last')]);
    await Promise.all([...ids, 'discarded'].map((id) => store.discard(id)));
    await store.put([letter('kept', 'again')]);
    await store.close();
    expect((await stat(path)).size).toBeLessThan(15_000);
    expect(await storeAt().list()).toEqual([letter('kept', 'again'), letter('last')]);
  });

  it('may exceed the limit while the disk is full, and no put fails because of that', async () => {
    const store = storeAt(path, { mostObsoleteBytes: 1000 });
    await store.put([letter('a', 0)]);
    const handles = await fileHandles();
    jest.spyOn(handles, 'sync').mockRejectedValue(new Error('ENOSPC'));
    for (let count = 1; count <= 50; count += 1) await store.put([letter('a', count)]);
    expect(await lines()).toHaveLength(51);
    jest.restoreAllMocks();
    for (let count = 51; count <= 200; count += 1) await store.put([letter('a', count)]);
    expect((await lines()).length).toBeLessThan(100);
    expect(await store.list()).toEqual([letter('a', 200)]);
    expect(await readdir(join(folder, 'sub'))).toEqual(['letters.jsonl', 'letters.jsonl.lock']);
  });
});

describe('a disk that fails', () => {
  it('makes a put reject, and the next one succeeds when the disk works again', async () => {
    const blocked = join(folder, 'file');
    await writeFile(blocked, '');
    const store = storeAt(join(blocked, 'letters.jsonl'));
    await expect(store.put([letter('a')])).rejects.toThrow(/EEXIST|ENOTDIR/);
    await rm(blocked);
    await store.put([letter('a')]);
    expect(await store.list()).toHaveLength(1);
  });

  it.each(['appendFile', 'datasync'] as const)(
    'during a put (%s) leaves none of its letters',
    async (step) => {
      const store = storeAt();
      await store.put([letter('a')]);
      const handles = await fileHandles();
      jest.spyOn(handles, step).mockImplementationOnce(async () => {
        await appendFile(path, JSON.stringify({ put: [letter('b')] }).slice(0, 30));
        throw new Error('ENOSPC');
      });
      await expect(store.put([letter('b'), letter('c')])).rejects.toThrow('ENOSPC');
      expect(await lines()).toHaveLength(1);
      await store.put([letter('d')]);
      await store.close();
      expect(idsOf(await storeAt().list())).toEqual(['a', 'd']);
    },
  );

  it('and cannot even remove an incomplete line does not damage later letters', async () => {
    const store = storeAt();
    await store.put([letter('a')]);
    const handles = await fileHandles();
    jest.spyOn(handles, 'truncate').mockRejectedValueOnce(new Error('EIO'));
    jest.spyOn(handles, 'datasync').mockRejectedValueOnce(new Error('EIO'));
    await expect(store.put([letter('b')])).rejects.toThrow('EIO');
    await truncate(path, (await stat(path)).size - 1);
    await store.put([letter('c')]);
    expect(idsOf(await store.list())).toEqual(['a', 'c']);
  });
});

describe('a dead letter file that something else uses, too', () => {
  it('is open for one store at a time, whichever path leads to it', async () => {
    const first = storeAt();
    await first.put([letter('a')]);
    const link = join(folder, 'link.jsonl');
    await symlink(path, link);
    for (const second of [storeAt(), storeAt(link)]) {
      await expect(second.put([letter('b')])).rejects.toThrow(
        `The dead letter file ${path} is in use by another store of this process`,
      );
    }
    expect(await lines()).toHaveLength(1);
    await first.close();
    const third = storeAt(link);
    await third.put([letter('c')]);
    expect(idsOf(await third.list())).toEqual(['a', 'c']);
  });

  it('rejects all queued calls together, not one after the other', async () => {
    await storeAt().check();
    const second = storeAt();
    const beganAtMs = performance.now();
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => second.put([letter(`${index}`)])),
    );
    expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(20);
    expect(performance.now() - beganAtMs).toBeLessThan(10 * TUNING.patienceMs);
  });

  it('rejects a put during which the file was taken over, and works again when it can', async () => {
    const store = storeAt();
    await store.put([letter('a')]);
    const handles = await fileHandles();
    jest.spyOn(handles, 'datasync').mockImplementationOnce(takeOver);
    await expect(store.put([letter('b')])).rejects.toThrow(
      `The dead letter file ${path} was changed or taken over by another process`,
    );
    const late = await open(path, 'a');
    await store.put([letter('c')]);
    // A late write of the former owner goes to a file that is no longer read.
    await late.appendFile(`${JSON.stringify({ put: [letter('late')] })}\n`);
    await late.close();
    expect(idsOf(await store.list())).toEqual(['a', 'b', 'c']);
    expect(await lines()).toHaveLength(3);
  });

  it('is not replaced by a compacted file if it was taken over in the meantime', async () => {
    const store = storeAt(path, { mostObsoleteBytes: 0 });
    await store.put([letter('a')]);
    await store.put([letter('a')]);
    const handles = await fileHandles();
    const sync = jest.spyOn(handles, 'sync').mockImplementationOnce(takeOver);
    await store.put([letter('a')]);
    await store.close();
    expect(sync).toHaveBeenCalledTimes(1);
    expect(await lines()).toHaveLength(3);
    expect(await readdir(join(folder, 'sub'))).toEqual(['letters.jsonl', 'letters.jsonl.lock']);
  });

  it('is read again after it was moved away, emptied or extended', async () => {
    const store = storeAt();
    await store.put([letter('a')]);
    await rename(path, `${path}.old`);
    await store.put([letter('b')]);
    expect(idsOf(await store.list())).toEqual(['b']);
    await writeFile(path, '');
    expect(await store.get('b')).toBeUndefined();
    await appendFile(path, `${JSON.stringify({ put: letter('c') })}\n`);
    await store.put([letter('d')]);
    expect(idsOf(await store.list())).toEqual(['c', 'd']);
  });
});
