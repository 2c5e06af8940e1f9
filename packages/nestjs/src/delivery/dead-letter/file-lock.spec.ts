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

/** An owner in another container, where the first pid is 1, too. */
async function ownerElsewhere(): Promise<LockOwner> {
  return { ...(await thisProcess('another')), pid: 1, host: 'elsewhere', pidSpace: 'elsewhere' };
}

/** Sends the heartbeat of an owner that does not exist. */
function beat() {
  const timer = setInterval(() => void utimes(path, new Date(), new Date()), QUICK.heartbeatMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

describe('the lock of a file', () => {
  it('rejects a second owner while the first is alive, and names the file and what to do', async () => {
    const first = await acquire();
    const error = await acquire().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DeadLetterFileInUseError);
    const { message } = error as Error;
    expect(message).toContain(file);
    expect(message).toContain('in use by another store of this process since 20');
    expect(message).toContain('give each process a file of its own with deadLetters: { file }');
    expect(await first.isHeld()).toBe(true);
  });

  it('is free after its release, and leaves nothing behind', async () => {
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

  it('is taken at once if the pid now belongs to another process', async () => {
    const owner = await thisProcess('dead');
    expect(owner.startedAt).toMatch(/^\d+$/);
    await writeOwner({ ...owner, startedAt: '1' });
    const lock = await acquire({ silenceMs: NEVER_MS, patienceMs: NEVER_MS });
    expect(await lock.isHeld()).toBe(true);
  });

  it('is taken at once from a process that ended and whose parent has not waited for it', async () => {
    // The shell replaces itself with `sleep`, which never waits for its child `cat`.
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

  it('belongs to the last one if two take it from the same dead owner', async () => {
    await writeOwner({ ...(await thisProcess('dead')), startedAt: '1' });
    const dead = await readFile(path, 'utf8');
    const lock = acquire({ settleMs: 500 });
    while ((await readFile(path, 'utf8')) === dead);
    await writeFile(`${path}.new`, JSON.stringify(await ownerElsewhere()));
    await rename(`${path}.new`, path);
    using _ = beat();
    await expect(lock).rejects.toThrow(/in use by process 1 on elsewhere/);
  });

  it('is never taken from a process that is known to be alive, even without a heartbeat', async () => {
    await writeOwner(await thisProcess('suspended'));
    await expect(acquire({ silenceMs: 1 })).rejects.toThrow(DeadLetterFileInUseError);
  });

  it.each([
    [
      'its owner in another container sends no heartbeat',
      async () => writeOwner(await ownerElsewhere()),
    ],
    ['its text is incomplete', () => writeFile(path, '{"id":"half')],
    ['it is empty', () => writeFile(path, '')],
  ])('is taken after a while if %s', async (_, write) => {
    await write();
    const beganAtMs = performance.now();
    const lock = await acquire();
    expect(performance.now() - beganAtMs).toBeGreaterThanOrEqual(QUICK.silenceMs);
    expect(await lock.isHeld()).toBe(true);
    expect(lock.isFromSilent).toBe(true);
  });

  it('is not taken from an owner in another container that sends a heartbeat', async () => {
    await writeOwner(await ownerElsewhere());
    using _ = beat();
    await expect(acquire()).rejects.toThrow(/in use by process 1 on elsewhere/);
  });

  it('sends a heartbeat, so that two owners in different containers do not both have it', async () => {
    await acquire();
    const text = await readFile(path, 'utf8');
    // Hides the owner in the lock file. The heartbeat goes on, because the file is the same.
    await writeFile(path, text.replace(/"pidSpace":"/, '"pidSpace":"not '));
    await expect(acquire()).rejects.toThrow(DeadLetterFileInUseError);
  });

  it('is not released by a former owner, who knows that the lock is lost', async () => {
    const lost = await acquire();
    await rm(path);
    expect(await lost.isHeld()).toBe(false);
    const other = await acquire();
    expect(await lost.isHeld()).toBe(false);
    await lost.release();
    expect(await other.isHeld()).toBe(true);
  });

  it('has exactly one owner after many tried to take it from a dead one', async () => {
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
