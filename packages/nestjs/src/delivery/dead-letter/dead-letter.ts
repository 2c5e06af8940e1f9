import { readThrown } from '../../common/thrown.js';
import type { TransportName } from '../../instance/instance.js';
import type { Notification } from '../../notification/notification.js';

interface LetterBase {
  /**
   * Identifies the letter. Same notification and handler: same id. Exception: kinds without an
   * `idMessage`. Each such notification gets its own letter, even if two have equal bodies. For an
   * unreadable body: same instance and body, same id.
   */
  readonly id: string;
  readonly transport: TransportName;
  /** When the first attempt, or the first attempt of the last redrive, began. ISO 8601. */
  readonly firstAt: string;
  /** When the letter was written. ISO 8601. */
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
  /** The results of work that the handler must not do again, as JSON: see `ctx.once`. */
  readonly remembered?: Readonly<Record<string, string>>;
}

/**
 * A body that is not a notification, or that could belong to several instances. It cannot be
 * redriven.
 */
export interface UnreadableLetter extends LetterBase {
  readonly kind: 'unreadable';
  /** Missing if the body could belong to several instances. */
  readonly idInstance?: string;
  /**
   * The body as it arrived: a JSON value, or a text that is not JSON. If it is longer than 256 KiB,
   * its beginning as text.
   */
  readonly body: unknown;
  /** How many characters the whole body had, if it was cut off. */
  readonly cutOffFrom?: number;
}

/**
 * Something that could not be handled. It is stored until a redrive succeeds or it is discarded.
 */
export type DeadLetter = UnhandledLetter | UnreadableLetter;

/** An error as it is stored: without tokens, and with its causes, at most five levels deep. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ErrorRecord;
}

const DEEPEST_CAUSE = 5;

/** @param redact removes tokens from a text */
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
