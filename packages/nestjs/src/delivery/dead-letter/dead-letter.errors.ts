import { GreenNotificationsError } from '../../common/green-notifications.error.js';
import { readThrown } from '../../common/thrown.js';
import type { LockOwner } from './lock-owner.js';

/** A method of `deadLetters` was called, but the module has no dead letter store. */
export class NoDeadLetterStoreError extends GreenNotificationsError {
  readonly code = 'NO_DEAD_LETTER_STORE';

  constructor() {
    super(
      'There is no dead letter store, so there are no dead letters; set deadLetters: { file } in ' +
        'the options of GreenNotificationsModule',
    );
  }
}

/** The dead letter store already fails when receiving starts. */
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

/** A redrive failed. The dead letter, if it exists, stays in the store. */
export class RedriveError extends GreenNotificationsError {
  readonly code = 'REDRIVE';

  /** @internal */
  static gone(letterId: string): RedriveError {
    const reason = 'there is no such letter; it may have been redriven or discarded meanwhile';
    return new RedriveError(letterId, reason, true);
  }

  /** @param letterId undefined if it was to be more than one */
  constructor(
    letterId: string | undefined,
    reason: string,
    /** Whether there is no such letter, or no longer. */
    readonly isGone = false,
  ) {
    super(
      `Redrive of dead letter${letterId === undefined ? 's' : ` ${letterId}`} failed: ${reason}`,
    );
  }
}

const FILE_OF_ITS_OWN =
  'give each process a file of its own with deadLetters: { file } in the options of ' +
  'GreenNotificationsModule';

/** Another process, or another store of this process, uses the dead letter file. */
export class DeadLetterFileInUseError extends GreenNotificationsError {
  readonly code = 'DEAD_LETTER_FILE_IN_USE';

  /** @internal */
  constructor(path: string, owner: LockOwner | undefined, self: LockOwner) {
    super(
      `The dead letter file ${path} is in use by ${nameOf(owner, self)}, and only one store at a ` +
        `time may use it; stop the other one, or ${FILE_OF_ITS_OWN}`,
    );
  }
}

/** Other users of the machine could read the dead letter file, or make it another file. */
export class DeadLetterFileUnsafeError extends GreenNotificationsError {
  readonly code = 'DEAD_LETTER_FILE_UNSAFE';

  /** @internal */
  static link(path: string): DeadLetterFileUnsafeError {
    return new DeadLetterFileUnsafeError(
      `The dead letter file ${path} is a symbolic link; set the path of the file itself with ` +
        'deadLetters: { file } in the options of GreenNotificationsModule',
    );
  }

  /** @internal */
  static notItsOwn(path: string): DeadLetterFileUnsafeError {
    return new DeadLetterFileUnsafeError(
      `The dead letter file ${path} is not a regular file with one name, but a device, a pipe or a ` +
        'hard link; set the path of a file of its own with deadLetters: { file } in the options of ' +
        'GreenNotificationsModule',
    );
  }

  /** @internal */
  static readable(path: string): DeadLetterFileUnsafeError {
    return new DeadLetterFileUnsafeError(
      `The dead letter file ${path} can be read by others, and this process may not change that; ` +
        'set its mode to 0600 and its owner to the user of this process, or set another path with ' +
        'deadLetters: { file } in the options of GreenNotificationsModule',
    );
  }
}

/** Another process or program changed the dead letter file. The next call reads it again. */
export class DeadLetterFileChangedError extends GreenNotificationsError {
  readonly code = 'DEAD_LETTER_FILE_CHANGED';

  constructor(path: string) {
    super(
      `The dead letter file ${path} was changed or taken over by another process while it was in ` +
        `use, so the last change may be lost; let only one process use it, or ${FILE_OF_ITS_OWN}`,
    );
  }
}

/** The dead letter file contains a line that cannot be read. */
export class DeadLetterFileDamagedError extends GreenNotificationsError {
  readonly code = 'DEAD_LETTER_FILE_DAMAGED';

  constructor(path: string, line: number, cause?: unknown) {
    super(
      `Line ${line} of the dead letter file ${path} is damaged; move the file away, start again, ` +
        'and process its letters by hand',
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
