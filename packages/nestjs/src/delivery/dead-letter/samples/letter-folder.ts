import { type FileHandle, mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, jest } from '@jest/globals';

import { FileDeadLetterStore } from '../file-dead-letter.store.js';
import { LETTER_FILE_TUNING, type LetterFileTuning } from '../letter-file.js';
import { thisProcess } from '../lock-owner.js';

export const TUNING: LetterFileTuning = { ...LETTER_FILE_TUNING, silenceMs: 200, patienceMs: 200 };

/** A folder of its own for each test, in which stores are opened. */
export class LetterFolder {
  folder = '';
  path = '';
  private opened: FileDeadLetterStore[] = [];

  constructor() {
    beforeEach(async () => {
      this.folder = await mkdtemp(join(tmpdir(), 'dead-letters-'));
      this.path = join(this.folder, 'sub', 'letters.jsonl');
      this.opened = [];
    });
    afterEach(async () => {
      jest.restoreAllMocks();
      await Promise.all(this.opened.map((store) => store.close()));
      await rm(this.folder, { recursive: true });
    });
  }

  storeAt(path = this.path, tuning: Partial<LetterFileTuning> = {}): FileDeadLetterStore {
    const store = new FileDeadLetterStore(path, { ...TUNING, ...tuning });
    this.opened.push(store);
    return store;
  }

  async lines(): Promise<string[]> {
    return (await readFile(this.path, 'utf8')).trimEnd().split('\n');
  }

  /**
   * Takes the lock over, as a process in another container does if it thinks that this one is dead.
   */
  async takeOver(): Promise<void> {
    const owner = { ...(await thisProcess('another')), pidSpace: 'elsewhere' };
    await writeFile(`${this.path}.new`, JSON.stringify(owner));
    await rename(`${this.path}.new`, `${this.path}.lock`);
  }

  /** The prototype of all file handles. Tests mock its methods to make the disk fail. */
  async fileHandles(): Promise<FileHandle> {
    const handle = await open(this.folder, 'r');
    await handle.close();
    return Object.getPrototypeOf(handle) as FileHandle;
  }
}
