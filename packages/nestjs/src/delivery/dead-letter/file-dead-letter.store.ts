import { resolve } from 'node:path';

import type { DeadLetter } from './dead-letter.js';
import type { DeadLetterStore } from './dead-letter.store.js';
import { LETTER_FILE_TUNING, LetterFile, type LetterFileTuning } from './letter-file.js';

/** How many letters `iterate` reads at a time. */
const PAGE = 50;

/**
 * Stores dead letters in a file, with one JSON line for each change. Only one process at a time can
 * use the file: a second one gets an error while the first one is alive. Each change is on disk
 * (`fdatasync`) before its promise resolves. A line that a crash cut off is ignored. The letters
 * stay on disk; memory holds only an index. The file is rewritten when most of it is obsolete.
 */
export class FileDeadLetterStore implements DeadLetterStore {
  private readonly path: string;
  private file: LetterFile | undefined;
  private lastTurn: Promise<unknown> = Promise.resolve();
  private refusal: { readonly atMs: number; readonly error: unknown } | undefined;

  /**
   * @param path of the file. The first call creates it, with its folders. While the file is open,
   * there is a lock file `<path>.lock` next to it.
   */
  constructor(path: string);
  /** @internal With other limits, for tests. */
  constructor(path: string, tuning: LetterFileTuning);
  constructor(
    path: string,
    private readonly tuning: LetterFileTuning = LETTER_FILE_TUNING,
  ) {
    this.path = resolve(path);
  }

  /**
   * @throws {DeadLetterFileInUseError} if another process, or another store of this one, uses the
   * file
   */
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

  async *iterate(): AsyncIterable<DeadLetter> {
    const ids = await this.inTurn(async (file) => file.ids());
    for (let start = 0; start < ids.length; start += PAGE) {
      yield* await this.inTurn((file) => file.list(ids.slice(start, start + PAGE)));
    }
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

  /**
   * Runs one call after the other, so that changes keep their order. The first call opens the file.
   */
  private inTurn<T>(work: (file: LetterFile) => Promise<T>): Promise<T> {
    const askedAtMs = performance.now();
    const turn = this.lastTurn.then(async () => work(await this.opened(askedAtMs)));
    this.lastTurn = turn.catch(() => undefined).then(() => this.file?.compactIfDue());
    return turn;
  }

  private async opened(askedAtMs: number): Promise<LetterFile> {
    if (await this.file?.isAsLeft()) return this.file!;
    // Opening failed while this call was queued: reject it with the same error instead of trying
    // again.
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
