import { resolve } from 'node:path';

import { orAborted, withDeadline } from '../common/waits.js';
import { SafeLogger } from '../common/safe.logger.js';
import { readThrown } from '../common/thrown.js';
import type { DeadLetterStore } from '../delivery/dead-letter/dead-letter.store.js';
import type { DeadLetterWriter } from '../delivery/dead-letter/dead-letter.writer.js';
import {
  DeadLetterFileInUseError,
  DeadLetterStoreUnusableError,
} from '../delivery/dead-letter/dead-letter.errors.js';
import { FileDeadLetterStore } from '../delivery/dead-letter/file-dead-letter.store.js';
import type { DeadLetterOptions } from './options/dead-letter.options.js';

/** Where dead letters go unless the options say otherwise, in the working directory. */
export const DEFAULT_DEAD_LETTER_FILE = 'green-notifications.dead-letters.jsonl';

const NEVER_GIVES_UP =
  'a notification whose attempts are used up stays with GREEN-API and holds back everything behind ' +
  'it until its handler succeeds';

/** The store of the options, which is opened when receiving starts. */
export class DeadLetterDestination {
  private readonly logger = new SafeLogger('GreenNotifications');
  private readonly store: DeadLetterStore | undefined;
  private readonly defaultPath: string | undefined;

  constructor(
    options: DeadLetterOptions | false | undefined,
    private readonly writer: DeadLetterWriter,
  ) {
    if (options === undefined) this.defaultPath = resolve(DEFAULT_DEAD_LETTER_FILE);
    const file = this.defaultPath ?? (options || undefined)?.file;
    this.store =
      (options || undefined)?.store ??
      (file === undefined ? undefined : new FileDeadLetterStore(file));
    writer.use(this.store);
  }

  get hasStore(): boolean {
    return this.store !== undefined;
  }

  /**
   * Finds out now, and not at the first dead letter, whether the store can be used.
   *
   * @throws {DeadLetterStoreUnusableError} unless it is the default file, without which receiving
   * goes on
   */
  async open(): Promise<void> {
    const { store, defaultPath } = this;
    if (!store) {
      this.logger.log(`deadLetters is false: ${NEVER_GIVES_UP}`);
      return;
    }
    this.writer.use(store);
    try {
      await answerOf(() => store.check?.());
      if (defaultPath) this.logger.log(`Dead letters are written to ${defaultPath} (deadLetters)`);
    } catch (error) {
      if (!defaultPath) throw new DeadLetterStoreUnusableError(error);
      const { message } = readThrown(error);
      // The other process may end, so each dead letter tries again.
      if (error instanceof DeadLetterFileInUseError) {
        this.logger.warn(`${message}. Until then ${NEVER_GIVES_UP}`);
        return;
      }
      this.writer.use(undefined);
      this.logger.warn(
        `The dead letter file ${defaultPath} cannot be used (${message}), so there are no dead ` +
          `letters and ${NEVER_GIVES_UP}. Give another place as deadLetters: { file }, or say deadLetters: false`,
      );
    }
  }

  async close(): Promise<void> {
    await answerOf(() => this.store?.close?.());
  }
}

/** A store that takes longer counts as one that fails. */
const LONGEST_ANSWER_MS = 30_000;

function answerOf(ask: () => Promise<void> | undefined): Promise<void> {
  return withDeadline(LONGEST_ANSWER_MS, undefined, (signal) =>
    orAborted(Promise.resolve(ask()), signal),
  );
}
