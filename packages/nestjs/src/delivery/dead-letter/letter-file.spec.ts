import {
  appendFile,
  chmod,
  link,
  open,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, jest } from '@jest/globals';

import type { DeadLetter } from './dead-letter.js';
import { FileDeadLetterStore } from './file-dead-letter.store.js';
import { LetterFolder, TUNING } from './samples/letter-folder.js';
import { idsOf, letter } from './samples/letter.sample.js';

const at = new LetterFolder();

interface Put {
  readonly put: readonly DeadLetter[];
}

describe('a dead letter file after a crash', () => {
  it('contains all letters of a put or none, wherever its line was cut off', async () => {
    const before = at.storeAt();
    await before.put([letter('a')]);
    const whole = (await stat(at.path)).size;
    await before.put([letter('b'), letter('c')]);
    await before.close();
    const bytes = await readFile(at.path);
    for (let left = whole - 1; left <= bytes.length; left += 1) {
      await writeFile(at.path, bytes.subarray(0, left));
      const expected = left < whole ? [] : left < bytes.length ? ['a'] : ['a', 'b', 'c'];
      const after = new FileDeadLetterStore(at.path, TUNING);
      expect([left, idsOf(await after.list())]).toEqual([left, expected]);
      await after.put([letter('d')]);
      await after.close();
      const put = (await at.lines()).flatMap((line) => (JSON.parse(line) as Put).put);
      expect([left, idsOf(put)]).toEqual([left, [...expected, 'd']]);
    }
  }, 30_000);

  it('is opened without the drafts of an unfinished compaction or take-over', async () => {
    const store = at.storeAt();
    await store.put([letter('a')]);
    await store.close();
    const id = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
    for (const name of [`.${id}.tmp`, `.lock.${id}.tmp`, '.mine.tmp']) {
      await writeFile(`${at.path}${name}`, 'half');
    }
    await at.storeAt().check();
    expect(await readdir(join(at.folder, 'sub'))).toEqual([
      'letters.jsonl',
      'letters.jsonl.lock',
      'letters.jsonl.mine.tmp',
    ]);
  });

  it.each(['{"put":', 'null', '{"put":5}', '{"put":[{}]}', '{"new":"kind"}', ''])(
    'is rejected with the file and the line number if a line is %j',
    async (line) => {
      const store = at.storeAt();
      await store.put([letter('a')]);
      await store.close();
      const bytes = `${await readFile(at.path, 'utf8')}${line}\n${JSON.stringify({ put: [letter('b')] })}\n`;
      await writeFile(at.path, bytes);
      await expect(at.storeAt().check()).rejects.toThrow(
        `Line 2 of the dead letter file ${at.path} is damaged; move the file away`,
      );
      expect(await readFile(at.path, 'utf8')).toBe(bytes);
    },
  );
});

describe('a disk that fails', () => {
  it('makes a put reject, and the next one succeeds when the disk works again', async () => {
    const blocked = join(at.folder, 'file');
    await writeFile(blocked, '');
    const store = at.storeAt(join(blocked, 'letters.jsonl'));
    await expect(store.put([letter('a')])).rejects.toThrow(/EEXIST|ENOTDIR/);
    await rm(blocked);
    await store.put([letter('a')]);
    expect(await store.list()).toHaveLength(1);
  });

  it.each(['appendFile', 'datasync'] as const)(
    'during a put (%s) leaves none of its letters',
    async (step) => {
      const store = at.storeAt();
      await store.put([letter('a')]);
      const handles = await at.fileHandles();
      jest.spyOn(handles, step).mockImplementationOnce(async () => {
        await appendFile(at.path, JSON.stringify({ put: [letter('b')] }).slice(0, 30));
        throw new Error('ENOSPC');
      });
      await expect(store.put([letter('b'), letter('c')])).rejects.toThrow('ENOSPC');
      expect(await at.lines()).toHaveLength(1);
      await store.put([letter('d')]);
      await store.close();
      expect(idsOf(await at.storeAt().list())).toEqual(['a', 'd']);
    },
  );

  it('and cannot even remove an incomplete line does not damage later letters', async () => {
    const store = at.storeAt();
    await store.put([letter('a')]);
    const handles = await at.fileHandles();
    jest.spyOn(handles, 'truncate').mockRejectedValueOnce(new Error('EIO'));
    jest.spyOn(handles, 'datasync').mockRejectedValueOnce(new Error('EIO'));
    await expect(store.put([letter('b')])).rejects.toThrow('EIO');
    await truncate(at.path, (await stat(at.path)).size - 1);
    await store.put([letter('c')]);
    expect(idsOf(await store.list())).toEqual(['a', 'c']);
  });
});

describe('a dead letter file that something else uses, too', () => {
  it('is open for one store at a time, whichever path leads to it', async () => {
    const first = at.storeAt();
    await first.put([letter('a')]);
    await symlink(join(at.folder, 'sub'), join(at.folder, 'other'));
    const samePath = join(at.folder, 'other', 'letters.jsonl');
    for (const second of [at.storeAt(), at.storeAt(samePath)]) {
      await expect(second.put([letter('b')])).rejects.toThrow(
        `The dead letter file ${at.path} is in use by another store of this process`,
      );
    }
    expect(await at.lines()).toHaveLength(1);
    await first.close();
    const third = at.storeAt(samePath);
    await third.put([letter('c')]);
    expect(idsOf(await third.list())).toEqual(['a', 'c']);
  });

  it('is not opened through a symbolic link, which somebody else may have put there', async () => {
    const victim = join(at.folder, 'victim.txt');
    await writeFile(victim, 'precious');
    const linkPath = join(at.folder, 'link.jsonl');
    await symlink(victim, linkPath);
    await expect(at.storeAt(linkPath).put([letter('a')])).rejects.toThrow(
      `The dead letter file ${linkPath} is a symbolic link; set the path of the file itself`,
    );
    expect(await readFile(victim, 'utf8')).toBe('precious');
  });

  it.each(['/dev/full', '/dev/null'])('is not the device %s', async (device) => {
    await expect(at.storeAt(device).check()).rejects.toThrow('is not a regular file with one name');
  });

  it('is not a file that has another name as well', async () => {
    const other = join(at.folder, 'other.txt');
    await writeFile(other, 'precious');
    const linked = join(at.folder, 'linked.jsonl');
    await link(other, linked);
    await expect(at.storeAt(linked).check()).rejects.toThrow('is not a regular file with one name');
    expect(await readFile(other, 'utf8')).toBe('precious');
  });

  it('is refused if others can read it and that cannot be changed', async () => {
    const store = at.storeAt();
    await store.put([letter('a')]);
    await store.close();
    await chmod(at.path, 0o644);
    const handles = await at.fileHandles();
    jest.spyOn(handles, 'chmod').mockRejectedValue(new Error('EPERM'));
    await expect(at.storeAt().put([letter('b')])).rejects.toThrow(
      `The dead letter file ${at.path} can be read by others`,
    );
  });

  it('rejects all queued calls together, not one after the other', async () => {
    await at.storeAt().check();
    const second = at.storeAt();
    const beganAtMs = performance.now();
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => second.put([letter(`${index}`)])),
    );
    expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(20);
    expect(performance.now() - beganAtMs).toBeLessThan(10 * TUNING.patienceMs);
  });

  it('rejects a put during which the file was taken over, and works again when it can', async () => {
    const store = at.storeAt();
    await store.put([letter('a')]);
    const handles = await at.fileHandles();
    jest.spyOn(handles, 'datasync').mockImplementationOnce(() => at.takeOver());
    await expect(store.put([letter('b')])).rejects.toThrow(
      `The dead letter file ${at.path} was changed or taken over by another process`,
    );
    const late = await open(at.path, 'a');
    await store.put([letter('c')]);
    // A late write of the former owner goes to a file that is no longer read.
    await late.appendFile(`${JSON.stringify({ put: [letter('late')] })}\n`);
    await late.close();
    expect(idsOf(await store.list())).toEqual(['a', 'b', 'c']);
    expect(await at.lines()).toHaveLength(3);
  });

  it('is not replaced by a compacted file if it was taken over in the meantime', async () => {
    const store = at.storeAt(at.path, { mostObsoleteBytes: 0 });
    await store.put([letter('a')]);
    await store.put([letter('a')]);
    const handles = await at.fileHandles();
    const sync = jest.spyOn(handles, 'sync').mockImplementationOnce(() => at.takeOver());
    await store.put([letter('a')]);
    await store.close();
    expect(sync).toHaveBeenCalledTimes(1);
    expect(await at.lines()).toHaveLength(3);
    expect(await readdir(join(at.folder, 'sub'))).toEqual(['letters.jsonl', 'letters.jsonl.lock']);
  });

  it('is read again after it was moved away, emptied or extended', async () => {
    const store = at.storeAt();
    await store.put([letter('a')]);
    await rename(at.path, `${at.path}.old`);
    await store.put([letter('b')]);
    expect(idsOf(await store.list())).toEqual(['b']);
    await writeFile(at.path, '');
    expect(await store.get('b')).toBeUndefined();
    await appendFile(at.path, `${JSON.stringify({ put: letter('c') })}\n`);
    await store.put([letter('d')]);
    expect(idsOf(await store.list())).toEqual(['c', 'd']);
  });
});
