import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { DeadLetter } from './dead-letter.js';
import { FileDeadLetterStore } from './file-dead-letter.store.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dead-letters-'));
  path = join(folder, 'sub', 'letters.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

function letter(id: string, body: unknown = id): DeadLetter {
  const at = '2026-01-01T00:00:00.000Z';
  return {
    kind: 'unreadable',
    id,
    idInstance: '1101',
    transport: 'polling',
    body,
    firstAt: at,
    lastAt: at,
  };
}

describe('the dead letter file', () => {
  it('keeps letters over a restart, oldest first, and forgets those discarded', async () => {
    const before = new FileDeadLetterStore(path);
    for (const id of ['a', 'b', 'c']) await before.put(letter(id));
    expect(await before.discard('b')).toBe(true);
    expect(await before.discard('b')).toBe(false);
    await before.close();

    const after = new FileDeadLetterStore(path);
    expect((await after.list()).map(({ id }) => id)).toEqual(['a', 'c']);
    expect(await after.get('c')).toEqual(letter('c'));
    await after.close();
  });

  it('replaces a letter that is put again', async () => {
    const store = new FileDeadLetterStore(path);
    await store.put(letter('a', 'first'));
    await store.put(letter('a', 'second'));
    expect(await store.list()).toEqual([letter('a', 'second')]);
    await store.close();
  });

  it('has a letter on the disk when put resolves', async () => {
    const store = new FileDeadLetterStore(path);
    await store.put(letter('a'));
    expect(await readFile(path, 'utf8')).toBe(`${JSON.stringify({ put: letter('a') })}\n`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await store.close();
  });

  it.each([1, 10, 60])('survives a last line cut off after %i bytes', async (bytes) => {
    const before = new FileDeadLetterStore(path);
    await before.put(letter('a'));
    await before.close();
    await appendFile(path, JSON.stringify({ put: letter('b') }).slice(0, bytes));

    const after = new FileDeadLetterStore(path);
    await after.put(letter('c'));
    expect((await after.list()).map(({ id }) => id)).toEqual(['a', 'c']);
    await after.close();
    const again = new FileDeadLetterStore(path);
    expect((await again.list()).map(({ id }) => id)).toEqual(['a', 'c']);
    await again.close();
  });

  it('refuses a file that is damaged in the middle, and names the line', async () => {
    const before = new FileDeadLetterStore(path);
    await before.put(letter('a'));
    await before.close();
    await writeFile(path, `${await readFile(path, 'utf8')}{"put":\n`);
    await expect(new FileDeadLetterStore(path).list()).rejects.toThrow(/Line 2 .* is damaged/);
  });

  it('writes the file anew when most of it is obsolete, and loses nothing', async () => {
    const store = new FileDeadLetterStore(path);
    await store.put(letter('kept'));
    const ids = Array.from({ length: 500 }, (_, index) => `letter ${index}`);
    await Promise.all(ids.map((id) => store.put(letter(id))));
    await Promise.all(ids.map((id) => store.discard(id)));
    await store.put(letter('last'));
    await store.close();
    expect((await readFile(path, 'utf8')).trim().split('\n')).toHaveLength(2);
    const after = new FileDeadLetterStore(path);
    expect((await after.list()).map(({ id }) => id)).toEqual(['kept', 'last']);
    await after.close();
  });

  it('rejects when it cannot write, and works again when it can', async () => {
    const blocked = join(folder, 'file');
    await writeFile(blocked, '');
    const store = new FileDeadLetterStore(join(blocked, 'letters.jsonl'));
    await expect(store.put(letter('a'))).rejects.toThrow(/EEXIST|ENOTDIR/);
    await rm(blocked);
    await store.put(letter('a'));
    expect(await store.list()).toHaveLength(1);
    await store.close();
  });
});
