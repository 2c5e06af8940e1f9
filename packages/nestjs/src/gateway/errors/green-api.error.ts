import { GreenNotificationsError } from '../../common/green-notifications.error.js';

/** Where and how a call to GREEN-API failed. No part of it holds the token. */
export interface GreenApiFailure {
  /** The GREEN-API method, such as `receiveNotification`. */
  readonly method: string;
  readonly idInstance: string;
  /** The HTTP status, if there was an answer. */
  readonly status?: number;
  /** What GREEN-API said, redacted and shortened. */
  readonly detail?: string;
  readonly cause?: unknown;
}

/**
 * How a failing call gets well again: `backoff` by itself, so it is tried again after growing
 * pauses; `recheck` only after a person did something, so it is looked at once a minute.
 */
export type Recovery = 'backoff' | 'recheck';

/** A call to GREEN-API that failed. Its subclasses say why. */
export abstract class GreenApiError extends GreenNotificationsError {
  abstract readonly recovery: Recovery;
  readonly method: string;
  readonly idInstance: string;
  readonly status: number | undefined;
  readonly detail: string | undefined;

  protected constructor(summary: string, failure: GreenApiFailure) {
    const { method, idInstance, status, detail, cause } = failure;
    const answer = [status === undefined ? undefined : `HTTP ${status}`, detail].filter(Boolean);
    super(
      `${method} of instance ${idInstance}: ${summary}` +
        (answer.length > 0 ? ` (${answer.join(': ')})` : ''),
      cause === undefined ? undefined : { cause },
    );
    this.method = method;
    this.idInstance = idInstance;
    this.status = status;
    this.detail = detail;
  }
}
