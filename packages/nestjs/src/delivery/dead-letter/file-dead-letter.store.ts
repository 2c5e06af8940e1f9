import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import writeFileAtomic from 'write-file-atomic';

import type { DeadLetter } from './dead-letter.js';
import type { DeadLetterStore } from './dead-letter.store.js';
import { type LetterEntry, readLetterEntries } from './letter.entry.js';

/** The file is written anew when it holds this many entries that later ones made obsolete. */
const MOST_OBSOLETE_ENTRIES = 1000;

/** Letters hold what people wrote. */
const OWNER_ONLY = 0o600;

/**
 * Dead letters in a file, one JSON line for each change, for one process at a time. Every change is
 * on the disk (`fsync`) before its promise resolves; a line that a crash cut off is left out.
 */
export class FileDeadLetterStore implements DeadLetterStore {
  private readonly letters = new Map<string, DeadLetter>();
  private file: Promise<FileHandle> | undefined;
  private obsoleteEntries = 0;
  private lastChange: Promise<unknown> = Promise.resolve();

  /** @param path of the file; it is made, with its folders, at the first use */
  constructor(private readonly path: string) {}

  put(letter: DeadLetter): Promise<void> {
    return this.inTurn(async () => {
      await this.append({ put: letter });
      if (this.letters.has(letter.id)) this.obsoleteEntries += 1;
      this.letters.set(letter.id, letter);
    });
  }

  get(id: string): Promise<DeadLetter | undefined> {
    return this.inTurn(async () => this.letters.get(id));
  }

  list(): Promise<readonly DeadLetter[]> {
    return this.inTurn(async () => [...this.letters.values()]);
  }

  discard(id: string): Promise<boolean> {
    return this.inTurn(async () => {
      if (!this.letters.has(id)) return false;
      await this.append({ discard: id });
      this.letters.delete(id);
      this.obsoleteEntries += 2;
      if (this.obsoleteEntries >= MOST_OBSOLETE_ENTRIES) await this.compact();
      return true;
    });
  }

  async close(): Promise<void> {
    await this.lastChange.catch(() => undefined);
    const file = await this.file?.catch(() => undefined);
    this.file = undefined;
    await file?.close();
  }

  /** One after the other, so that no change overtakes another; the first use reads the file. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lastChange
      .catch(() => undefined)
      .then(() => this.opened())
      .then(work);
    this.lastChange = turn;
    return turn;
  }

  private async opened(): Promise<FileHandle> {
    this.file ??= this.open();
    try {
      return await this.file;
    } catch (error) {
      this.file = undefined;
      throw error;
    }
  }

  private async open(): Promise<FileHandle> {
    await mkdir(dirname(this.path), { recursive: true });
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const { entries, isWhole } = readLetterEntries(text);
    this.letters.clear();
    for (const entry of entries) {
      if ('put' in entry) this.letters.set(entry.put.id, entry.put);
      else this.letters.delete(entry.discard);
    }
    this.obsoleteEntries = entries.length - this.letters.size;
    if (!isWhole) await this.rewrite();
    return open(this.path, 'a', OWNER_ONLY);
  }

  private async append(entry: LetterEntry): Promise<void> {
    const file = await this.opened();
    const { size } = await file.stat();
    try {
      await file.appendFile(`${JSON.stringify(entry)}\n`);
      await file.datasync();
    } catch (error) {
      // A line that is half there would swallow the next one.
      await file.truncate(size).catch(() => undefined);
      throw error;
    }
  }

  private async compact(): Promise<void> {
    const file = await this.opened();
    await this.rewrite();
    this.file = undefined;
    await file.close();
    this.obsoleteEntries = 0;
  }

  private async rewrite(): Promise<void> {
    const lines = [...this.letters.values()].map((put) => `${JSON.stringify({ put })}\n`);
    await writeFileAtomic(this.path, lines.join(''), { mode: OWNER_ONLY });
  }
}
