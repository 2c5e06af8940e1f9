import { GreenNotificationsError } from '../../common/green-notifications.error.js';
import { readThrown } from '../../common/thrown.js';
import type { LockOwner } from './lock-owner.js';

/** Dead letters were asked for, but the module has no place to keep any. */
export class NoDeadLetterStoreError extends GreenNotificationsError {
  readonly code = 'NO_DEAD_LETTER_STORE';

  constructor() {
    super('There are no dead letters without a store; give the module deadLetters: { file }');
  }
}

/** The dead letter store fails at the start already. */
export class DeadLetterStoreUnusableError extends GreenNotificationsError {
  readonly code = 'DEAD_LETTER_STORE_UNUSABLE';

  constructor(cause: unknown) {
    super(
      `The dead letter store cannot be used: ${readThrown(cause).message}; check deadLetters in ` +
        'the options of GreenNotificationsModule',
      { cause },
    );
  }
}

/** A dead letter could not be given to its handler again. */
export class RedriveError extends GreenNotificationsError {
  readonly code = 'REDRIVE';

  constructor(letterId: string, reason: string) {
    super(`Dead letter ${letterId} was not redriven: ${reason}`);
  }
}

const FILE_OF_ITS_OWN =
  'give each process a file of its own with deadLetters: { file } in the options of ' +
  'GreenNotificationsModule';

/** Another process, or another store of this one, has the dead letter file open. */
export class DeadLetterFileInUseError extends GreenNotificationsError {
  readonly code = 'DEAD_LETTER_FILE_IN_USE';

  /** @internal */
  constructor(path: string, owner: LockOwner | undefined, self: LockOwner) {
    super(
      `The dead letter file ${path} is in use by ${nameOf(owner, self)}, and only one at a time may ` +
        `write it; end that one, or ${FILE_OF_ITS_OWN}`,
    );
  }
}

/** Somebody else changed the dead letter file; the store reads it anew at its next use. */
export class DeadLetterFileChangedError extends GreenNotificationsError {
  readonly code = 'DEAD_LETTER_FILE_CHANGED';

  constructor(path: string) {
    super(
      `The dead letter file ${path} was changed or taken over by somebody else while it was in ` +
        `use, so that this change may be lost; leave it to one process, or ${FILE_OF_ITS_OWN}`,
    );
  }
}

/** The dead letter file holds a line that no store wrote. */
export class DeadLetterFileDamagedError extends GreenNotificationsError {
  readonly code = 'DEAD_LETTER_FILE_DAMAGED';

  constructor(path: string, line: number, cause?: unknown) {
    super(
      `Line ${line} of the dead letter file ${path} is damaged; move the file away, start anew, ` +
        'and redrive by hand what it holds',
      { cause },
    );
  }
}

function nameOf(owner: LockOwner | undefined, self: LockOwner): string {
  if (!owner) return 'another process';
  const { pid, host, since, pidSpace } = owner;
  const isSelf = pid === self.pid && pidSpace === self.pidSpace;
  return `${isSelf ? 'another store of this process' : `process ${pid} on ${host}`} since ${since}`;
}
