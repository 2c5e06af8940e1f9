import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { DeadLetterFileInUseError } from './dead-letter.errors.js';
import { lifeOf, type LockOwner, lockOwnerOf, thisProcess } from './lock-owner.js';

export interface LockTiming {
  /** The owner touches its lock this often. */
  readonly heartbeatMs: number;
  /** An owner of whom nothing else is known counts as dead after this time without a heartbeat. */
  readonly silenceMs: number;
  /** An owner that lives is waited for this long: on a restart it may be about to end. */
  readonly patienceMs: number;
  readonly pollMs: number;
  /** Who takes over waits this long, to see whether somebody else does so too: the last one has it. */
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
 * Makes one process at a time the owner of a file, by a second file beside it: `<file>.lock`.
 *
 * Whoever's text stands in the lock owns the file. Every text is different and none is ever put
 * back, so an owner that finds its own has owned the file without a break. A dead owner's lock is
 * replaced: at once if its pid tells that it is dead, else (in another container) when its
 * heartbeat has been silent for a while.
 *
 * Silence may deceive: a process can be suspended for longer. So who writes must ask `isHeld()`
 * after the write too, before it calls the write safe; and who took over from a silent owner must
 * see to it that a late write of that one does no harm.
 */
export class FileLock {
  private readonly heartbeat: NodeJS.Timeout;

  private constructor(
    private readonly path: string,
    readonly id: string,
    private readonly text: string,
    private readonly handle: FileHandle,
    /** The owner before was silent and may be alive. */
    readonly isFromSilent: boolean,
    { heartbeatMs }: LockTiming,
  ) {
    this.heartbeat = setInterval(() => void this.touch(), heartbeatMs).unref();
  }

  /** @throws {DeadLetterFileInUseError} if the owner lives, and still does after `patienceMs` */
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

  /** Never rejects, and opens nothing: there may be no file descriptor left. */
  async release(): Promise<void> {
    clearInterval(this.heartbeat);
    try {
      const [own, there] = await Promise.all([this.handle.stat(), stat(this.path)]);
      if (own.ino === there.ino && own.dev === there.dev) await rm(this.path);
    } catch {
      // It is gone already, or will be found to be dead.
    }
    await this.handle.close().catch(() => undefined);
  }

  /** @returns undefined if somebody else was faster */
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
      // An owner tidied it away, so there is one.
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

/** @returns undefined if there is one already */
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
  // Opening it first makes a network file system ask for its times anew.
  const text = await readFile(path, 'utf8').catch(() => '');
  const { ino = 0, mtimeMs = 0 } = (await stat(path).catch(() => undefined)) ?? {};
  return { state: `${ino} ${mtimeMs} ${text}`, owner: lockOwnerOf(text) };
}
