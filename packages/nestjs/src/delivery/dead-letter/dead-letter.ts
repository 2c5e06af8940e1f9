import type { Notification } from '../../notification/notification.js';
import type { TransportName } from '../../instance/instance.js';
import type { ErrorRecord } from './error.record.js';

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
