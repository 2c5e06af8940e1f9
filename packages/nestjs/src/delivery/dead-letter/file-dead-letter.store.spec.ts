import { chmod, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, jest } from '@jest/globals';

import { LetterFolder } from './samples/letter-folder.js';
import { idsOf, letter } from './samples/letter.sample.js';

const at = new LetterFolder();

describe('the dead letter file', () => {
  it('keeps letters across a restart, oldest first, without discarded ones', async () => {
    const before = at.storeAt();
    for (const id of ['a', 'b', 'c']) await before.put([letter(id)]);
    expect(await before.discard('b')).toBe(true);
    expect(await before.discard('b')).toBe(false);
    await before.close();

    const after = at.storeAt();
    expect(idsOf(await after.list())).toEqual(['a', 'c']);
    expect(await after.get('c')).toEqual(letter('c'));
    expect(await after.get('b')).toBeUndefined();
  });

  it('replaces a letter that is put again, and keeps its place', async () => {
    const store = at.storeAt();
    await store.put([letter('a', 'first'), letter('b')]);
    await store.put([letter('a', 'second')]);
    expect(await store.list()).toEqual([letter('a', 'second'), letter('b')]);
    expect(await store.get('a')).toEqual(letter('a', 'second'));
  });

  it('has written all letters of a put in one line when the put resolves', async () => {
    const store = at.storeAt();
    const letters = [letter('a'), letter('b')];
    await store.put(letters);
    expect(await readFile(at.path, 'utf8')).toBe(`${JSON.stringify({ put: letters })}\n`);
  });

  it('writes nothing for a put without letters', async () => {
    const store = at.storeAt();
    await store.put([]);
    expect(await readFile(at.path, 'utf8')).toBe('');
  });

  it('reads a file in the old format, with one letter in each line', async () => {
    const store = at.storeAt();
    await store.check();
    await store.close();
    const old = [{ put: letter('a') }, { put: letter('b') }, { discard: 'a' }];
    await writeFile(at.path, old.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    const after = at.storeAt();
    expect(await after.list()).toEqual([letter('b')]);
    expect(await after.get('b')).toEqual(letter('b'));
  });

  it('is created by check(), which rejects if that is not possible', async () => {
    const store = at.storeAt();
    await store.check();
    expect(await readFile(at.path, 'utf8')).toBe('');
    await writeFile(join(at.folder, 'file'), '');
    await expect(at.storeAt(join(at.folder, 'file', 'letters')).check()).rejects.toThrow(
      /EEXIST|ENOTDIR/,
    );
    await expect(at.storeAt(at.folder).check()).rejects.toThrow(/EISDIR/);
  });

  it('can be read only by its owner, and so can its lock, also after a rewrite', async () => {
    const store = at.storeAt(at.path, { mostObsoleteBytes: 0 });
    const modes = async () => {
      const names = await readdir(join(at.folder, 'sub'));
      return Promise.all(
        names.map(async (name) => [name, (await stat(join(at.folder, 'sub', name))).mode & 0o777]),
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
    expect(await at.lines()).toHaveLength(1);
    expect(await modes()).toEqual(expected.slice(0, 1));
    await chmod(at.path, 0o644);
    await at.storeAt().check();
    expect(await modes()).toEqual(expected);
  });

  it.each(['\u2028', '\u2029', '\r', '\n', '\u0085'])(
    'keeps a %j inside a letter',
    async (sign) => {
      const store = at.storeAt();
      await store.put([letter('a', `before${sign}after`)]);
      await store.close();
      expect(await at.storeAt().list()).toEqual([letter('a', `before${sign}after`)]);
    },
  );
});

describe('the size of the dead letter file', () => {
  it('stays below a limit when the same letter is put again and again', async () => {
    const mostObsoleteBytes = 20_000;
    const store = at.storeAt(at.path, { mostObsoleteBytes });
    let largest = 0;
    for (let count = 0; count < 10; count += 1) {
      const puts = Array.from({ length: 200 }, () => store.put([letter('a', count)]));
      await Promise.all(
        puts.map(async (put) => {
          await put;
          largest = Math.max(largest, (await stat(at.path)).size);
        }),
      );
    }
    expect(largest).toBeGreaterThan(mostObsoleteBytes);
    expect(largest).toBeLessThan(mostObsoleteBytes + 1000);
    expect(await store.list()).toEqual([letter('a', 9)]);
  });

  it('is limited in bytes, so that a few long letters cause a rewrite, too', async () => {
    const store = at.storeAt();
    const body = 'x'.repeat(100_000);
    for (let count = 0; count < 30; count += 1) await store.put([letter('a', body)]);
    await store.close();
    expect((await stat(at.path)).size).toBeLessThan(2 ** 20 + 300_000);
  });

  it('shrinks after discards, and the other letters keep their order', async () => {
    const store = at.storeAt(at.path, { mostObsoleteBytes: 10_000 });
    const ids = Array.from({ length: 300 }, (_, index) => `letter ${index}`);
    await store.put([letter('kept'), letter('discarded')]);
    await Promise.all(ids.map((id) => store.put([letter(id)])));
    await store.put([letter('last')]);
    await Promise.all([...ids, 'discarded'].map((id) => store.discard(id)));
    await store.put([letter('kept', 'again')]);
    await store.close();
    expect((await stat(at.path)).size).toBeLessThan(15_000);
    expect(await at.storeAt().list()).toEqual([letter('kept', 'again'), letter('last')]);
  });

  it('may exceed the limit while the disk is full, and no put fails because of that', async () => {
    const store = at.storeAt(at.path, { mostObsoleteBytes: 1000 });
    await store.put([letter('a', 0)]);
    const handles = await at.fileHandles();
    jest.spyOn(handles, 'sync').mockRejectedValue(new Error('ENOSPC'));
    for (let count = 1; count <= 50; count += 1) await store.put([letter('a', count)]);
    expect(await at.lines()).toHaveLength(51);
    jest.restoreAllMocks();
    for (let count = 51; count <= 200; count += 1) await store.put([letter('a', count)]);
    expect((await at.lines()).length).toBeLessThan(100);
    expect(await store.list()).toEqual([letter('a', 200)]);
    expect(await readdir(join(at.folder, 'sub'))).toEqual(['letters.jsonl', 'letters.jsonl.lock']);
  });
});
