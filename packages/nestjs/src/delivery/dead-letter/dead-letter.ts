import { readThrown } from '../../common/thrown.js';
import type { TransportName } from '../../instance/instance.js';
import type { Notification } from '../../notification/notification.js';

interface LetterBase {
  /** Names the letter: the same notification and handler always give the same id. */
  readonly id: string;
  readonly transport: TransportName;
  /** ISO 8601. */
  readonly firstAt: string;
  /** ISO 8601. */
  readonly lastAt: string;
}

/** A notification that a handler gave up on. */
export interface UnhandledLetter extends LetterBase {
  readonly kind: 'unhandled';
  readonly idInstance: string;
  readonly notification: Notification;
  /** Class and method, such as `Inbox.onText`. */
  readonly handler: string;
  readonly attempts: number;
  readonly error: ErrorRecord;
}

/**
 * Something that arrived and is no notification, or a notification of nobody knows which instance.
 * It cannot be redriven.
 */
export interface UnreadableLetter extends LetterBase {
  readonly kind: 'unreadable';
  /** Missing if it could be that of several instances. */
  readonly idInstance?: string;
  /** What arrived: JSON that is no notification, or a text that is not even JSON. */
  readonly body: unknown;
}

/** What could not be handled, kept until somebody redrives or discards it. */
export type DeadLetter = UnhandledLetter | UnreadableLetter;

/** An error as it is kept: without tokens, and with what caused it. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ErrorRecord;
}

const DEEPEST_CAUSE = 5;

/** @param redact removes what must not be kept from a text */
export function errorRecordOf(
  thrown: unknown,
  redact: (text: string) => string,
  depth = 1,
): ErrorRecord {
  const { name, message, code, stack, cause } = readThrown(thrown);
  return {
    name,
    message: redact(message),
    ...(code !== undefined && { code }),
    ...(stack !== undefined && { stack: redact(stack) }),
    ...(cause !== undefined &&
      depth < DEEPEST_CAUSE && { cause: errorRecordOf(cause, redact, depth + 1) }),
  };
}
