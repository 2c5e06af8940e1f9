import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { DeadLetterFileInUseError } from './dead-letter.errors.js';
import { FileLock, type LockTiming } from './file-lock.js';
import { type LockOwner, thisProcess } from './lock-owner.js';

const QUICK: LockTiming = {
  heartbeatMs: 20,
  silenceMs: 300,
  patienceMs: 300,
  pollMs: 10,
  settleMs: 20,
};
/** Longer than a test may take. */
const NEVER_MS = 60_000;

let folder: string;
let file: string;
let path: string;
let held: FileLock[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  file = join(folder, 'letters.jsonl');
  path = `${file}.lock`;
  held = [];
});
afterEach(async () => {
  await Promise.all(held.map((lock) => lock.release()));
  await rm(folder, { recursive: true });
});

async function acquire(timing: Partial<LockTiming> = {}): Promise<FileLock> {
  const lock = await FileLock.acquire(file, { ...QUICK, ...timing });
  held.push(lock);
  return lock;
}

const writeOwner = (owner: LockOwner) => writeFile(path, JSON.stringify(owner));

/** As if from a container beside this one, where the first pid is 1 as well. */
async function ownerElsewhere(): Promise<LockOwner> {
  return { ...(await thisProcess('another')), pid: 1, host: 'elsewhere', pidSpace: 'elsewhere' };
}

/** Beats for an owner that is not there. */
function beat() {
  const timer = setInterval(() => void utimes(path, new Date(), new Date()), QUICK.heartbeatMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

describe('the lock of a file', () => {
  it('refuses a second owner while the first lives, and says which file and what to do', async () => {
    const first = await acquire();
    const error = await acquire().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DeadLetterFileInUseError);
    const { message } = error as Error;
    expect(message).toContain(file);
    expect(message).toContain('in use by another store of this process since 20');
    expect(message).toContain('give each process a file of its own with deadLetters: { file }');
    expect(await first.isHeld()).toBe(true);
  });

  it('is free when it was released, and leaves nothing behind', async () => {
    await (await acquire()).release();
    expect(await readdir(folder)).toEqual([]);
    expect(await (await acquire()).isHeld()).toBe(true);
  });

  it('waits for an owner that is about to end', async () => {
    const first = await acquire();
    const second = acquire({ patienceMs: NEVER_MS });
    await first.release();
    expect(await (await second).isHeld()).toBe(true);
  });

  it('is taken at once from a process that ended, without waiting for a heartbeat', async () => {
    const child = spawn(process.execPath, ['--version']);
    await once(child, 'close');
    await writeOwner({ ...(await thisProcess('dead')), pid: child.pid! });
    const lock = await acquire({ silenceMs: NEVER_MS, patienceMs: NEVER_MS });
    expect(await lock.isHeld()).toBe(true);
    expect(lock.isFromSilent).toBe(false);
  });

  it('is taken at once if the pid belongs to another process by now', async () => {
    const owner = await thisProcess('dead');
    expect(owner.startedAt).toMatch(/^\d+$/);
    await writeOwner({ ...owner, startedAt: '1' });
    const lock = await acquire({ silenceMs: NEVER_MS, patienceMs: NEVER_MS });
    expect(await lock.isHeld()).toBe(true);
  });

  it('is taken at once from a process that ended and that its parent has not asked for', async () => {
    // `sleep`, which the shell turns into, never asks for the `cat` that it inherits.
    const parent = spawn('sh', ['-c', 'cat <&3 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
    });
    try {
      const [output] = (await once(parent.stdout!, 'data')) as [Buffer];
      const pid = Number(output.toString());
      while ((await readFile(`/proc/${parent.pid}/comm`, 'utf8')) !== 'sleep\n');
      const startedAt = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(' ')[21]!;
      await writeOwner({ ...(await thisProcess('dead')), pid, startedAt });
      await expect(acquire()).rejects.toThrow(DeadLetterFileInUseError);
      (parent.stdio[3] as Writable).end();
      const lock = await acquire({ silenceMs: NEVER_MS, patienceMs: NEVER_MS });
      expect(await lock.isHeld()).toBe(true);
    } finally {
      parent.kill('SIGKILL');
    }
  });

  it('is left to somebody else who took it from the same dead owner a moment later', async () => {
    await writeOwner({ ...(await thisProcess('dead')), startedAt: '1' });
    const dead = await readFile(path, 'utf8');
    const lock = acquire({ settleMs: 500 });
    while ((await readFile(path, 'utf8')) === dead);
    await writeFile(`${path}.new`, JSON.stringify(await ownerElsewhere()));
    await rename(`${path}.new`, path);
    using _ = beat();
    await expect(lock).rejects.toThrow(/in use by process 1 on elsewhere/);
  });

  it('is never taken from a process that is known to live, however silent', async () => {
    await writeOwner(await thisProcess('suspended'));
    await expect(acquire({ silenceMs: 1 })).rejects.toThrow(DeadLetterFileInUseError);
  });

  it.each([
    ['whose owner in another container is silent', async () => writeOwner(await ownerElsewhere())],
    ['that was cut off while it was written', () => writeFile(path, '{"id":"half')],
    ['that is empty', () => writeFile(path, '')],
  ])('is taken after a while if it is one %s', async (_, write) => {
    await write();
    const beganAtMs = performance.now();
    const lock = await acquire();
    expect(performance.now() - beganAtMs).toBeGreaterThanOrEqual(QUICK.silenceMs);
    expect(await lock.isHeld()).toBe(true);
    expect(lock.isFromSilent).toBe(true);
  });

  it('is not taken from an owner in another container whose heart beats', async () => {
    await writeOwner(await ownerElsewhere());
    using _ = beat();
    await expect(acquire()).rejects.toThrow(/in use by process 1 on elsewhere/);
  });

  it('beats: two owners that know nothing of each other do not both have it', async () => {
    await acquire();
    const text = await readFile(path, 'utf8');
    // The heartbeat stays with the file, of which this only makes the owner unknown.
    await writeFile(path, text.replace(/"pidSpace":"/, '"pidSpace":"not '));
    await expect(acquire()).rejects.toThrow(DeadLetterFileInUseError);
  });

  it('is known to be lost by an owner from whom it was taken, who then leaves it alone', async () => {
    const lost = await acquire();
    await rm(path);
    expect(await lost.isHeld()).toBe(false);
    const other = await acquire();
    expect(await lost.isHeld()).toBe(false);
    await lost.release();
    expect(await other.isHeld()).toBe(true);
  });

  it('has one owner after many raced for that of a dead one', async () => {
    for (let round = 0; round < 5; round += 1) {
      await writeOwner({ ...(await thisProcess('dead')), startedAt: '1' });
      const all = await Promise.allSettled(Array.from({ length: 8 }, () => acquire()));
      const locks = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      const isHeld = await Promise.all(locks.map((lock) => lock.isHeld()));
      expect(isHeld.filter(Boolean)).toHaveLength(1);
      await Promise.all(locks.map((lock) => lock.release()));
      expect(await readdir(folder)).toEqual([]);
    }
  });
});
