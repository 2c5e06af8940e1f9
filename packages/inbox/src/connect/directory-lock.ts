import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { link, lstat, open, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { GreenNotificationsError } from '@green-notifications/nestjs';

/** Another process uses the directory of an embedded inbox. */
export class InboxDirectoryInUseError extends GreenNotificationsError {
  readonly code = 'INBOX_DIRECTORY_IN_USE';

  constructor(directory: string) {
    super(
      `The inbox in ${directory} is in use by another process, and only one at a time may use it; stop ` +
        'that process, choose another directory, or use PostgreSQL to share an inbox',
    );
  }
}

/** Two processes may replace the lock of a dead one at the same time; the last one owns it. */
const SETTLE_MS = 100;
/** During a restart the old process may still be closing. */
const PATIENCE_MS = 5000;
const POLL_MS = 100;
/** Of the path of a Unix socket. */
const LONGEST_PATH_BYTES = 100;

/**
 * Makes one process at a time the owner of a directory: it listens on a socket there. The kernel
 * answers for an owner that is paused, and no longer for one that was killed.
 */
export class DirectoryLock {
  private constructor(
    private readonly server: Server,
    private readonly leave: () => Promise<void>,
  ) {}

  /** @throws {InboxDirectoryInUseError} if another process owns it, and still does after 5 seconds */
  static async acquire(directory: string): Promise<DirectoryLock> {
    const startedAtMs = performance.now();
    for (;;) {
      const lock = await (process.platform === 'win32' ? takePipe(directory) : take(directory));
      if (lock) return lock;
      if (performance.now() - startedAtMs > PATIENCE_MS) {
        throw new InboxDirectoryInUseError(directory);
      }
      await delay(POLL_MS);
    }
  }

  /** @internal */
  static of(server: Server, leave: () => Promise<void>): DirectoryLock {
    server.unref();
    return new DirectoryLock(server, leave);
  }

  async release(): Promise<void> {
    await this.leave();
    this.server.close();
  }
}

async function take(directory: string): Promise<DirectoryLock | undefined> {
  const folder = await open(directory, 'r');
  try {
    // A path through the descriptor is short, however long that of the directory is.
    const base =
      process.platform === 'linux' ? `/proc/self/fd/${folder.fd}` : path.resolve(directory);
    const file = path.join(base, 'inbox.lock');
    const own = path.join(base, `inbox.lock.${randomUUID().slice(0, 8)}`);
    if (Buffer.byteLength(own) > LONGEST_PATH_BYTES) {
      throw new Error(`the path of the directory is too long: ${directory}`);
    }
    if (await isAlive(file)) return undefined;
    const server = await listen(own);
    const { ino } = await lstat(own);
    const isOwner = async () => (await lstat(file).catch(() => undefined))?.ino === ino;
    try {
      await link(own, file);
      await rm(own);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (await isAlive(file)) {
        server.close();
        return undefined;
      }
      await rename(own, file);
      await delay(SETTLE_MS);
    }
    if (!(await isOwner())) {
      server.close();
      return undefined;
    }
    const lockPath = path.join(path.resolve(directory), 'inbox.lock');
    return DirectoryLock.of(server, async () => {
      const there = await lstat(lockPath).catch(() => undefined);
      if (there?.ino === ino) await rm(lockPath, { force: true });
    });
  } finally {
    await folder.close();
  }
}

/** The pipe of a process that ended is gone. */
async function takePipe(directory: string): Promise<DirectoryLock | undefined> {
  const name = createHash('sha256').update(path.resolve(directory).toLowerCase()).digest('hex');
  try {
    const server = await listen(`\\\\.\\pipe\\green-notifications-${name}`);
    return DirectoryLock.of(server, async () => {});
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
}

async function listen(at: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  server.listen(at);
  await once(server, 'listening');
  return server;
}

async function isAlive(file: string): Promise<boolean> {
  const socket = connect(file);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
