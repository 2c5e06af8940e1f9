import { resolve } from 'node:path';

import type { DeadLetter } from './dead-letter.js';
import type { DeadLetterStore } from './dead-letter.store.js';
import { LETTER_FILE_TUNING, LetterFile, type LetterFileTuning } from './letter-file.js';

/**
 * Dead letters in a file, one JSON line for each change, for one process at a time: a second one is
 * refused while the first lives. Every change is on the disk (`fsync`) before its promise resolves;
 * a line that a crash cut off is left out. Letters stay on the disk until they are asked for, and the
 * file is written anew when most of it is obsolete.
 */
export class FileDeadLetterStore implements DeadLetterStore {
  private readonly path: string;
  private file: LetterFile | undefined;
  private lastTurn: Promise<unknown> = Promise.resolve();
  private refusal: { readonly atMs: number; readonly error: unknown } | undefined;

  /**
   * @param path of the file; it is made, with its folders, at the first use. A lock stands beside
   * it as `<path>.lock` while it is open.
   * @param tuning for tests
   */
  constructor(path: string);
  /** @internal */
  constructor(path: string, tuning: LetterFileTuning);
  constructor(
    path: string,
    private readonly tuning: LetterFileTuning = LETTER_FILE_TUNING,
  ) {
    this.path = resolve(path);
  }

  /** @throws {DeadLetterFileInUseError} if another process has it open */
  check(): Promise<void> {
    return this.inTurn(async () => undefined);
  }

  put(letters: readonly DeadLetter[]): Promise<void> {
    return this.inTurn(async (file) => {
      if (letters.length > 0) await file.append({ put: letters });
    });
  }

  get(id: string): Promise<DeadLetter | undefined> {
    return this.inTurn((file) => file.get(id));
  }

  list(): Promise<readonly DeadLetter[]> {
    return this.inTurn((file) => file.list());
  }

  discard(id: string): Promise<boolean> {
    return this.inTurn(async (file) => {
      if (!file.has(id)) return false;
      await file.append({ discard: id });
      return true;
    });
  }

  close(): Promise<void> {
    const turn = this.lastTurn.then(() => this.closeFile());
    this.lastTurn = turn.catch(() => undefined);
    return turn;
  }

  /** One after the other, so that no change overtakes another; the first use opens the file. */
  private inTurn<T>(work: (file: LetterFile) => Promise<T>): Promise<T> {
    const askedAtMs = performance.now();
    const turn = this.lastTurn.then(async () => work(await this.opened(askedAtMs)));
    this.lastTurn = turn.catch(() => undefined).then(() => this.file?.compactIfDue());
    return turn;
  }

  private async opened(askedAtMs: number): Promise<LetterFile> {
    if (await this.file?.isAsLeft()) return this.file!;
    // Whoever waited in the queue while the file could not be opened has waited for the answer.
    if (this.refusal && askedAtMs < this.refusal.atMs) throw this.refusal.error;
    await this.closeFile();
    try {
      return (this.file = await LetterFile.open(this.path, this.tuning));
    } catch (error) {
      this.refusal = { atMs: performance.now(), error };
      throw error;
    }
  }

  private async closeFile(): Promise<void> {
    const { file } = this;
    this.file = undefined;
    await file?.close();
  }
}
