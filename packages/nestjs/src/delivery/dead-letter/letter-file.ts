import type { BigIntStats } from 'node:fs';
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
import { DeadLetterFileChangedError, DeadLetterFileDamagedError } from './dead-letter.errors.js';
import { FileLock, LOCK_TIMING, type LockTiming } from './file-lock.js';
import { entryOf, type LetterEntry, lineOf, linesOf } from './letter-entry.js';

/** Where the line stands that holds a letter, and the letter's part of it. */
interface Place {
  readonly start: number;
  readonly length: number;
  readonly share: number;
}

/** A letter's line as it stands in the file. */
interface FoundLine {
  readonly id: string;
  readonly line: Buffer;
  /** The line holds no other letter. */
  readonly isAlone: boolean;
}

export interface LetterFileTuning extends LockTiming {
  /** The file is written anew when more than this, and more than half of it, is obsolete. */
  readonly mostObsoleteBytes: number;
}

/** In bytes and not in lines, because one letter may be as long as ten thousand others. */
export const LETTER_FILE_TUNING: LetterFileTuning = {
  ...LOCK_TIMING,
  mostObsoleteBytes: 2 ** 20,
};

/** Letters hold what people wrote. */
const OWNER_ONLY = 0o600;
/** Read or written at once. */
const BLOCK_BYTES = 2 ** 18;

/**
 * The file while this process owns it: a log of what came and went, of which only an index is kept
 * in memory. One call at a time.
 *
 * Everything that changes the file asks before and after whether the lock is still held and the
 * file is still the one that was left. A former owner that was suspended and wakes up can at worst
 * finish the step it was in: its append rejects, and its compaction has no file left to put in place,
 * since `open` tidies unfinished ones away before it reads.
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

  /** Makes the file and its folder if need be, and reads the index. */
  static async open(givenPath: string, tuning: LetterFileTuning): Promise<LetterFile> {
    await mkdir(dirname(givenPath), { recursive: true });
    await (await open(givenPath, 'a', OWNER_ONLY)).close();
    // Two names of one file must meet at one lock.
    const path = await realpath(givenPath);
    const lock = await FileLock.acquire(path, tuning);
    let handle: FileHandle | undefined;
    try {
      await tidyUp(path);
      handle = await open(path, 'a+', OWNER_ONLY);
      await handle.chmod(OWNER_ONLY).catch(() => undefined);
      await syncFolder(path);
      const stats = await handle.stat({ bigint: true });
      const file = new LetterFile(path, handle, stats, lock, tuning.mostObsoleteBytes);
      await file.readIndex();
      // A late write of the former owner then goes to a file that nobody reads.
      if (lock.isFromSilent) await file.compact();
      return file;
    } catch (error) {
      await handle?.close().catch(() => undefined);
      await lock.release();
      throw error;
    }
  }

  /** False if the lock is lost, or somebody else changed, moved or replaced the file. */
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
  async list(): Promise<DeadLetter[]> {
    const letters: DeadLetter[] = [];
    for await (const block of this.blocks()) {
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
      // A line that is half there would swallow the next one.
      if (await this.lock.isHeld()) await this.handle.truncate(start).catch(() => undefined);
      throw error;
    }
    this.size += line.length;
    if (!(await this.isAsLeft())) throw new DeadLetterFileChangedError(this.path);
    this.apply(entry, start, line.length);
  }

  /** Never rejects: what it is for can wait, and what is in the file is safe. */
  async compactIfDue(): Promise<void> {
    const obsoleteBytes = this.size - this.aliveBytes;
    if (obsoleteBytes <= Math.max(this.compactFromBytes, this.aliveBytes)) return;
    try {
      await this.compact();
      this.compactFromBytes = this.mostObsoleteBytes;
    } catch {
      // Perhaps the disk is full; not again with every letter.
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
    // The last line was cut off by a crash.
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

  /** Oldest first. What stands close together is read together. */
  private async *blocks(): AsyncGenerator<readonly FoundLine[]> {
    let block: [string, Place][] = [];
    for (const entry of this.places) {
      if (block.length > 0 && !isNear(block[0]![1], block.at(-1)![1], entry[1])) {
        yield await this.read(block);
        block = [];
      }
      block.push(entry);
    }
    if (block.length > 0) yield await this.read(block);
  }

  /** @param block in the order of the file */
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

  /** Writes what is alive beside the file, a block at a time, and puts that in the file's place. */
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

/** Removes what a crash left half written. */
async function tidyUp(path: string): Promise<void> {
  const name = basename(path);
  const names = await readdir(dirname(path));
  const drafts = names.filter(
    (one) =>
      one.startsWith(`${name}.`) && /^(\.lock)?\.[\da-f-]{36}\.tmp$/.test(one.slice(name.length)),
  );
  await Promise.all(drafts.map((one) => rm(join(dirname(path), one), { force: true })));
}

/** Makes a new name survive a crash; Windows cannot, and some network file systems need not. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close().catch(() => undefined);
}
