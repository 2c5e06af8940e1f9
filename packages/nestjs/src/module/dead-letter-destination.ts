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
import type { Inbox } from '../delivery/inbox/inbox.js';
import { FileDeadLetterStore } from '../delivery/dead-letter/file-dead-letter.store.js';
import type { DeadLetterOptions } from './options/dead-letter.options.js';

/** The default dead letter file, in the working directory. */
const DEFAULT_DEAD_LETTER_FILE = 'green-notifications.dead-letters.jsonl';

const BLOCKS_THE_QUEUE =
  'a notification that has used up its attempts stays with GREEN-API and blocks everything behind it ' +
  'until its handler succeeds';

const BLOCKS_ITS_CHAT =
  'a notification that has used up its attempts stays in the inbox and blocks its chat until its ' +
  'handler succeeds';

/**
 * Holds the dead letter store that the options name, opens it when receiving starts, and closes it.
 */
export class DeadLetterDestination {
  private readonly logger = new SafeLogger('GreenNotifications');
  private readonly store: DeadLetterStore | undefined;
  private readonly defaultPath: string | undefined;
  private readonly hasInbox: boolean;

  constructor(
    options: DeadLetterOptions | false | undefined,
    private readonly writer: DeadLetterWriter,
    inbox?: Pick<Inbox, 'deadLetters'>,
  ) {
    this.hasInbox = inbox !== undefined;
    if (options === undefined && !inbox) this.defaultPath = resolve(DEFAULT_DEAD_LETTER_FILE);
    const file = this.defaultPath ?? (options || undefined)?.file;
    this.store =
      (options || undefined)?.store ??
      (file === undefined ? undefined : new FileDeadLetterStore(file)) ??
      (options === undefined ? inbox?.deadLetters : undefined);
    writer.use(this.store);
  }

  get hasStore(): boolean {
    return this.store !== undefined;
  }

  /**
   * Checks the store, so that a wrong store fails at startup and not at the first dead letter.
   *
   * @throws {DeadLetterStoreUnusableError} if the store cannot be used. With the default file there
   * is only a warning, and receiving starts.
   */
  async open(): Promise<void> {
    const { store, defaultPath } = this;
    if (!store) {
      if (this.hasInbox) this.logger.warn(`deadLetters is false: ${BLOCKS_ITS_CHAT}`);
      else this.logger.log(`deadLetters is false: ${BLOCKS_THE_QUEUE}`);
      return;
    }
    this.writer.use(store);
    try {
      await answerOf(() => store.check?.());
      if (defaultPath) this.logger.log(`Dead letters are written to ${defaultPath} (deadLetters)`);
    } catch (error) {
      if (!defaultPath) throw new DeadLetterStoreUnusableError(error);
      const { message } = readThrown(error);
      // The other process may end, so we try again at each dead letter.
      if (error instanceof DeadLetterFileInUseError) {
        this.logger.warn(`${message}. Until then ${BLOCKS_THE_QUEUE}`);
        return;
      }
      this.writer.use(undefined);
      this.logger.warn(
        `The dead letter file ${defaultPath} cannot be used (${message}), so dead letters are not ` +
          `stored and ${BLOCKS_THE_QUEUE}. Set another path with deadLetters: { file }, or set deadLetters: false`,
      );
    }
  }

  async close(): Promise<void> {
    await answerOf(() => this.store?.close?.());
  }
}

/** A store that takes longer has failed. */
const LONGEST_ANSWER_MS = 30_000;

function answerOf(ask: () => Promise<void> | undefined): Promise<void> {
  return withDeadline(LONGEST_ANSWER_MS, undefined, (signal) =>
    orAborted(Promise.resolve(ask()), signal),
  );
}
