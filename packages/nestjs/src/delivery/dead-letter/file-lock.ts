import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { DeadLetterFileInUseError } from './dead-letter.errors.js';
import { lifeOf, type LockOwner, lockOwnerOf, thisProcess } from './lock-owner.js';

export interface LockTiming {
  /** How often the owner touches its lock. */
  readonly heartbeatMs: number;
  /**
   * If we cannot see whether the owner is alive, it counts as dead after this time without a
   * heartbeat.
   */
  readonly silenceMs: number;
  /**
   * How long to wait for an owner that is alive. During a restart the old process may still be
   * closing.
   */
  readonly patienceMs: number;
  /** How often to look at the lock while waiting. */
  readonly pollMs: number;
  /**
   * How long to wait after replacing a lock. Another process may replace it at the same time; the
   * last one owns it.
   */
  readonly settleMs: number;
}

export const LOCK_TIMING: LockTiming = {
  heartbeatMs: 1000,
  silenceMs: 5000,
  patienceMs: 5000,
  pollMs: 100,
  settleMs: 100,
};

const OWNER_ONLY = 0o600;

/**
 * Makes one process at a time the owner of a file, with a lock file next to it: `<file>.lock`.
 *
 * The lock file contains a text that describes its owner. No two texts are equal, and each is
 * written once. If an owner reads its own text, nobody else owned the file in between.
 *
 * The lock of a dead owner is replaced. If its pid shows that the owner is dead, this happens at
 * once. If the pid tells nothing, for example because the owner runs in another container, this
 * happens when the owner has sent no heartbeat for a while.
 *
 * Such a silent owner may still be alive: a process can be suspended. So an owner has to check
 * `isHeld()` after each write, before it reports the write as safe. And a process that took over
 * from a silent owner has to make sure that a late write of the former owner does no harm.
 */
export class FileLock {
  private readonly heartbeat: NodeJS.Timeout;

  private constructor(
    private readonly path: string,
    readonly id: string,
    private readonly text: string,
    private readonly handle: FileHandle,
    /** The former owner was silent, and may still be alive. */
    readonly isFromSilent: boolean,
    { heartbeatMs }: LockTiming,
  ) {
    this.heartbeat = setInterval(() => void this.touch(), heartbeatMs).unref();
  }

  /** @throws {DeadLetterFileInUseError} if the owner is alive, and still is after `patienceMs` */
  static async acquire(file: string, timing: LockTiming): Promise<FileLock> {
    const path = `${file}.lock`;
    const self = await thisProcess(randomUUID());
    const beganAtMs = performance.now();
    let before: string | undefined;
    let heardAtMs = beganAtMs;
    for (;;) {
      const created = await this.take(path, self, 'nobody', timing);
      if (created) return created;
      const { state, owner } = await look(path);
      const nowMs = performance.now();
      const life = await lifeOf(owner, self);
      const isHeard = before !== undefined && before !== state;
      if (before !== state) heardAtMs = nowMs;
      before = state;
      const isSilent = life === 'unknown' && nowMs - heardAtMs >= timing.silenceMs;
      if (life === 'dead' || isSilent) {
        const taken = await this.take(path, self, life === 'dead' ? 'dead' : 'silent', timing);
        if (taken) return taken;
      } else if ((life === 'alive' || isHeard) && nowMs - beganAtMs >= timing.patienceMs) {
        throw new DeadLetterFileInUseError(file, owner, self);
      }
      await delay(timing.pollMs);
    }
  }

  async isHeld(): Promise<boolean> {
    try {
      return (await readFile(this.path, 'utf8')) === this.text;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  }

  /** Never rejects. Opens no file, because there may be no free file descriptor. */
  async release(): Promise<void> {
    clearInterval(this.heartbeat);
    try {
      const [own, there] = await Promise.all([this.handle.stat(), stat(this.path)]);
      if (own.ino === there.ino && own.dev === there.dev) await rm(this.path);
    } catch {
      // The lock is gone already, or another process will find out that its owner is dead.
    }
    await this.handle.close().catch(() => undefined);
  }

  /** @returns undefined if another process was faster */
  private static async take(
    path: string,
    self: LockOwner,
    from: 'nobody' | 'dead' | 'silent',
    timing: LockTiming,
  ): Promise<FileLock | undefined> {
    const draft = from === 'nobody' ? path : `${path}.${self.id}.tmp`;
    const handle = await openNew(draft);
    if (!handle) return undefined;
    const text = JSON.stringify(self);
    try {
      await handle.writeFile(text);
      if (draft !== path) await rename(draft, path);
    } catch (error) {
      await handle.close();
      await rm(draft, { force: true });
      // Another process became owner and removed our draft.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    const lock = new FileLock(path, self.id, text, handle, from === 'silent', timing);
    if (draft !== path) await delay(timing.settleMs);
    if (await lock.isHeld().catch(() => false)) return lock;
    await lock.release();
    return undefined;
  }

  private async touch(): Promise<void> {
    const now = new Date();
    await this.handle.utimes(now, now).catch(() => undefined);
  }
}

/** @returns undefined if the file exists already */
async function openNew(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'wx', OWNER_ONLY);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
}

/** `state` changes with every heartbeat. */
async function look(path: string): Promise<{ state: string; owner: LockOwner | undefined }> {
  // Reading the file first makes a network file system fetch its current times.
  const text = await readFile(path, 'utf8').catch(() => '');
  const { ino = 0, mtimeMs = 0 } = (await stat(path).catch(() => undefined)) ?? {};
  return { state: `${ino} ${mtimeMs} ${text}`, owner: lockOwnerOf(text) };
}
