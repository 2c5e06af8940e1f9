import { type BigIntStats, constants } from 'node:fs';
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import type { DeadLetter } from './dead-letter.js';
import {
  DeadLetterFileChangedError,
  DeadLetterFileDamagedError,
  DeadLetterFileUnsafeError,
} from './dead-letter.errors.js';
import { FileLock, LOCK_TIMING, type LockTiming } from './file-lock.js';
import { entryOf, type LetterEntry, lineOf, linesOf } from './letter-entry.js';

/** Where the line of a letter is in the file. All numbers are bytes. */
interface Place {
  readonly start: number;
  readonly length: number;
  /** This letter's part of `length`: a line may contain several letters. */
  readonly share: number;
}

/** The line of a letter, as read from the file. */
interface FoundLine {
  readonly id: string;
  readonly line: Buffer;
  /** Whether the line contains no other letter. */
  readonly isAlone: boolean;
}

export interface LetterFileTuning extends LockTiming {
  /** Compact when the obsolete bytes are more than this and more than half of the file. */
  readonly mostObsoleteBytes: number;
}

/**
 * The limit is in bytes, not in lines, because one letter may be as long as ten thousand others.
 */
export const LETTER_FILE_TUNING: LetterFileTuning = {
  ...LOCK_TIMING,
  mostObsoleteBytes: 2 ** 20,
};

/** Letters contain messages of people, so only the owner of the file can read it. */
const OWNER_ONLY = 0o600;
const OTHERS = 0o077;
/** Appends, and does not follow a symbolic link, which somebody else may have put there. */
const APPEND =
  constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
/** How much is read or written at a time. */
const BLOCK_BYTES = 2 ** 18;

/**
 * The dead letter file, while this process owns it.
 *
 * The file is a log: each put and each discard appends one line. Memory holds only an index: the
 * place of each letter's line. A line becomes obsolete when its letters are replaced or discarded.
 * Compaction removes obsolete lines: it writes the remaining letters to a draft, a second file next
 * to the first, and renames the draft to the name of the file. So a crash at any moment leaves a
 * file that can be read, and the letters do not have to fit into memory.
 *
 * A `FileLock` makes sure that only one process writes. But a suspended process can lose its lock
 * without noticing. So each change checks, before and after, that the lock is still held and that
 * the file is still as this process left it (`isAsLeft`). A former owner that wakes up can do one
 * last step. An append fails its check and rejects. A compaction finds its draft deleted, because
 * `open` removes all drafts before it reads.
 *
 * Callers must make one call at a time.
 */
export class LetterFile {
  private places = new Map<string, Place>();
  private size = 0;
  private aliveBytes = 0;
  private compactFromBytes: number;

  private constructor(
    private readonly path: string,
    private handle: FileHandle,
    private stats: BigIntStats,
    private readonly lock: FileLock,
    private readonly mostObsoleteBytes: number,
  ) {
    this.compactFromBytes = mostObsoleteBytes;
  }

  /** Creates the file and its folder if they do not exist, and reads the index. */
  static async open(givenPath: string, tuning: LetterFileTuning): Promise<LetterFile> {
    await mkdir(dirname(givenPath), { recursive: true });
    await (await openSafely(givenPath)).close();
    // Two paths of one folder must lead to the same lock.
    const path = await realpath(givenPath);
    const lock = await FileLock.acquire(path, tuning);
    let handle: FileHandle | undefined;
    try {
      await tidyUp(path);
      handle = await openSafely(path);
      await syncFolder(path);
      const stats = await handle.stat({ bigint: true });
      const file = new LetterFile(path, handle, stats, lock, tuning.mostObsoleteBytes);
      await file.readIndex();
      // Write a new file: a late write of the former owner then goes to the old one.
      if (lock.isFromSilent) await file.compact();
      return file;
    } catch (error) {
      await handle?.close().catch(() => undefined);
      await lock.release();
      throw error;
    }
  }

  /** False if the lock is lost, or if the file was changed, moved or replaced by something else. */
  async isAsLeft(): Promise<boolean> {
    const now = await stat(this.path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    return (
      now?.ino === this.stats.ino &&
      now.dev === this.stats.dev &&
      now.size === BigInt(this.size) &&
      (await this.lock.isHeld())
    );
  }

  has(id: string): boolean {
    return this.places.has(id);
  }

  async get(id: string): Promise<DeadLetter | undefined> {
    const place = this.places.get(id);
    if (!place) return undefined;
    const [found] = await this.read([[id, place]]);
    return this.letterOf(found!);
  }

  /** Oldest first. */
  ids(): string[] {
    return [...this.places.keys()];
  }

  /** Oldest first. Those of `ids` that are still there, or all. */
  async list(ids?: readonly string[]): Promise<DeadLetter[]> {
    const letters: DeadLetter[] = [];
    for await (const block of this.blocks(ids && this.placesOf(ids))) {
      for (const found of block) letters.push(this.letterOf(found));
    }
    return letters;
  }

  async append(entry: LetterEntry): Promise<void> {
    const line = lineOf(entry);
    const start = this.size;
    try {
      await this.handle.appendFile(line);
      await this.handle.datasync();
    } catch (error) {
      // Remove the incomplete line: otherwise the next line would become part of it.
      if (await this.lock.isHeld()) await this.handle.truncate(start).catch(() => undefined);
      throw error;
    }
    this.size += line.length;
    if (!(await this.isAsLeft())) throw new DeadLetterFileChangedError(this.path);
    this.apply(entry, start, line.length);
  }

  /** Never rejects: compaction can wait, and the letters in the file are safe. */
  async compactIfDue(): Promise<void> {
    const obsoleteBytes = this.size - this.aliveBytes;
    if (obsoleteBytes <= Math.max(this.compactFromBytes, this.aliveBytes)) return;
    try {
      await this.compact();
      this.compactFromBytes = this.mostObsoleteBytes;
    } catch {
      // The disk may be full. Do not try again with every letter.
      this.compactFromBytes = 2 * obsoleteBytes;
    }
  }

  async close(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await this.lock.release();
  }

  private async readIndex(): Promise<void> {
    let count = 0;
    const chunks = this.handle.createReadStream({
      start: 0,
      autoClose: false,
      highWaterMark: BLOCK_BYTES,
    }) as AsyncIterable<Buffer>;
    for await (const { start, bytes } of linesOf(chunks)) {
      count += 1;
      let entry: LetterEntry;
      try {
        entry = entryOf(bytes);
      } catch (cause) {
        throw new DeadLetterFileDamagedError(this.path, count, cause);
      }
      this.size = start + bytes.length + 1;
      this.apply(entry, start, bytes.length + 1);
    }
    if ((await this.handle.stat()).size === this.size) return;
    // A crash cut off the last line: remove it.
    if (!(await this.lock.isHeld())) throw new DeadLetterFileChangedError(this.path);
    await this.handle.truncate(this.size);
    await this.handle.datasync();
  }

  private apply(entry: LetterEntry, start: number, length: number): void {
    if ('discard' in entry) {
      this.forget(entry.discard);
      this.places.delete(entry.discard);
      return;
    }
    const share = length / entry.put.length;
    for (const { id } of entry.put) {
      this.forget(id);
      this.places.set(id, { start, length, share });
      this.aliveBytes += share;
    }
  }

  private forget(id: string): void {
    this.aliveBytes -= this.places.get(id)?.share ?? 0;
  }

  private placesOf(ids: readonly string[]): [string, Place][] {
    return ids.flatMap((id) => {
      const place = this.places.get(id);
      return place ? [[id, place]] : [];
    });
  }

  /** The lines of letters, oldest first. Lines that are close together are read together. */
  private async *blocks(
    places: Iterable<[string, Place]> = this.places,
  ): AsyncGenerator<readonly FoundLine[]> {
    let block: [string, Place][] = [];
    for (const entry of places) {
      if (block.length > 0 && !isNear(block[0]![1], block.at(-1)![1], entry[1])) {
        yield await this.read(block);
        block = [];
      }
      block.push(entry);
    }
    if (block.length > 0) yield await this.read(block);
  }

  /** @param block places, in the order of the file */
  private async read(block: readonly (readonly [string, Place])[]): Promise<FoundLine[]> {
    const from = block[0]![1].start;
    const last = block.at(-1)![1];
    const length = last.start + last.length - from;
    const target = Buffer.allocUnsafe(length);
    const { bytesRead } = await this.handle.read(target, 0, length, from);
    if (bytesRead < length) throw new DeadLetterFileChangedError(this.path);
    return block.map(([id, place]) => ({
      id,
      line: target.subarray(place.start - from, place.start - from + place.length),
      isAlone: place.share === place.length,
    }));
  }

  private letterOf({ id, line }: FoundLine): DeadLetter {
    const entry = entryOf(line);
    const letter = 'put' in entry && entry.put.findLast((one) => one.id === id);
    if (!letter) throw new DeadLetterFileChangedError(this.path);
    return letter;
  }

  /** Writes the remaining letters to a draft, a block at a time, and replaces the file with it. */
  private async compact(): Promise<void> {
    const draft = draftOf(this.path, this.lock.id);
    const handle = await open(draft, 'ax+', OWNER_ONLY);
    const places = new Map<string, Place>();
    let size = 0;
    let stats: BigIntStats;
    try {
      let lines: Buffer[] = [];
      let writtenSize = 0;
      const write = async () => {
        await handle.appendFile(Buffer.concat(lines));
        lines = [];
        writtenSize = size;
      };
      for await (const block of this.blocks()) {
        for (const found of block) {
          const line = found.isAlone ? found.line : lineOf({ put: [this.letterOf(found)] });
          const { length } = line;
          places.set(found.id, { start: size, length, share: length });
          lines.push(line);
          size += length;
        }
        if (size - writtenSize >= BLOCK_BYTES) await write();
      }
      await write();
      await handle.sync();
      stats = await handle.stat({ bigint: true });
      if (!(await this.isAsLeft())) throw new DeadLetterFileChangedError(this.path);
      await rename(draft, this.path);
    } catch (error) {
      await handle.close();
      await rm(draft, { force: true });
      throw error;
    }
    const former = this.handle;
    this.handle = handle;
    this.stats = stats;
    this.places = places;
    this.size = this.aliveBytes = size;
    await syncFolder(this.path);
    await former.close().catch(() => undefined);
  }
}

function isNear(first: Place, last: Place, next: Place): boolean {
  return next.start >= last.start && next.start + next.length - first.start <= BLOCK_BYTES;
}

function draftOf(path: string, lockId: string): string {
  return `${path}.${lockId}.tmp`;
}

/** Removes the drafts that a crash left behind. */
async function tidyUp(path: string): Promise<void> {
  const name = basename(path);
  const names = await readdir(dirname(path));
  const drafts = names.filter(
    (one) =>
      one.startsWith(`${name}.`) && /^(\.lock)?\.[\da-f-]{36}\.tmp$/.test(one.slice(name.length)),
  );
  await Promise.all(drafts.map((one) => rm(join(dirname(path), one), { force: true })));
}

/**
 * Makes a new file name survive a crash. Not possible on Windows; not needed on some network file
 * systems.
 */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close().catch(() => undefined);
}

/** @throws {DeadLetterFileUnsafeError} if others can read the file, or decide where it is */
async function openSafely(path: string): Promise<FileHandle> {
  const handle = await open(path, APPEND, OWNER_ONLY).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ELOOP' ? DeadLetterFileUnsafeError.link(path) : error;
  });
  const stats = await handle.stat();
  if (!stats.isFile() || stats.nlink !== 1) {
    await handle.close();
    throw DeadLetterFileUnsafeError.notItsOwn(path);
  }
  await handle.chmod(OWNER_ONLY).catch(() => undefined);
  const { mode } = await handle.stat();
  // Windows has no such modes.
  if (process.platform === 'win32' || (mode & OTHERS) === 0) return handle;
  await handle.close();
  throw DeadLetterFileUnsafeError.readable(path);
}
