import { GreenNotificationsError } from '../common/green-notifications.error.js';
import { scanJson } from './parse-json.js';

/** Where and how a call to GREEN-API failed. It does not contain the token. */
export interface GreenApiFailure {
  /** The GREEN-API method, such as `receiveNotification`. */
  readonly method: string;
  readonly idInstance: string;
  /** The HTTP status, if there was an answer. */
  readonly status?: number;
  /** The message of GREEN-API or of the network error, redacted and shortened. */
  readonly detail?: string;
  readonly cause?: unknown;
}

/**
 * How a failing call recovers. `backoff`: by itself, so receiving retries it after growing pauses.
 * `recheck`: only after a person has fixed something, so receiving retries it once a minute.
 */
export type Recovery = 'backoff' | 'recheck';

/** A call to GREEN-API failed. The subclass tells why. */
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

/**
 * There was no complete answer: a DNS, connection or TLS error, a time-out, or a broken connection.
 */
export class GreenApiNetworkError extends GreenApiError {
  readonly code = 'NETWORK';
  readonly recovery = 'backoff';

  constructor(
    failure: GreenApiFailure,
    /**
     * `time-out`: no whole answer in time. `closed`: the connection ended before the answer, as when
     * a server closes an idle one at the moment of the call. `other`: everything else.
     */
    readonly reason: 'time-out' | 'closed' | 'other',
  ) {
    super('GREEN-API could not be reached or did not answer in time', failure);
  }
}

/** HTTP 5xx (and 408, 425, 499): GREEN-API or its proxy failed. GREEN-API: Common errors. */
export class GreenApiServerError extends GreenApiError {
  readonly code = 'SERVER';
  readonly recovery = 'backoff';

  constructor(failure: GreenApiFailure) {
    super('GREEN-API failed with a server error, which is usually temporary', failure);
  }
}

/**
 * HTTP 400: the instance starts or restarts, for instance after `setSettings`. GREEN-API: Common
 * errors.
 */
export class InstanceStartingError extends GreenApiError {
  readonly code = 'INSTANCE_STARTING';
  readonly recovery = 'backoff';

  constructor(failure: GreenApiFailure) {
    super('the instance is starting; wait until it has started', failure);
  }
}

/** HTTP 429: more calls than the method's limit allows. GREEN-API: Rate limiter. */
export class RateLimitedError extends GreenApiError {
  readonly code = 'RATE_LIMITED';
  readonly recovery = 'backoff';

  constructor(
    failure: GreenApiFailure,
    /** How long GREEN-API asks to wait, in milliseconds; undefined if it does not say. */
    readonly retryAfterMs: number | undefined,
  ) {
    super('too many requests; wait before the next one', failure);
  }
}

/** Too many calls of one method wait for their turn. This one was not sent. */
export class TooManyCallsError extends GreenApiError {
  readonly code = 'TOO_MANY_CALLS';
  readonly recovery = 'backoff';

  constructor(failure: GreenApiFailure) {
    super(
      'the call was not sent, because it would wait for more than a minute; call the method less ' +
        'often, or throw RetryAfter in the handler',
      failure,
    );
  }
}

/** An answer that is not what GREEN-API documents, such as an HTML page with status 200. */
export class GreenApiProtocolError extends GreenApiError {
  readonly code = 'PROTOCOL';
  readonly recovery = 'backoff';

  constructor(failure: GreenApiFailure) {
    super('the answer cannot be read', failure);
  }
}

/** An answer that is larger than the limit. Only its beginning was read. */
export class AnswerTooLargeError extends GreenApiProtocolError {
  /** @internal */
  constructor(
    failure: GreenApiFailure,
    /** May contain personal data. */
    readonly beginning: string,
  ) {
    super(failure);
    Object.defineProperty(this, 'beginning', { enumerable: false });
  }
}

/** What arrived in place of a notification. */
interface BrokenAnswer {
  readonly receiptId: string;
  /** The answer as received, or its beginning if it is too large. */
  readonly text: string;
  readonly isTooLarge: boolean;
}

/**
 * The answer of `receiveNotification` contains a receipt, but is not JSON or is too large. Either
 * the answer was damaged in transit, or the notification itself is broken and arrives like this
 * every time.
 */
export class BrokenNotificationError extends GreenApiProtocolError {
  readonly receiptId: string;
  readonly #answer: BrokenAnswer;

  /** @internal */
  constructor(failure: GreenApiFailure, answer: BrokenAnswer) {
    super(failure);
    this.receiptId = answer.receiptId;
    this.#answer = answer;
  }

  /**
   * Whether the end of the answer is missing. An answer that is complete, but contains a broken
   * notification, still ends with its own closing brace.
   *
   * @internal
   */
  get looksCutOff(): boolean {
    const { text, isTooLarge } = this.#answer;
    return !isTooLarge && scanJson(text).isOpenAtEnd && !text.trimEnd().endsWith('}');
  }

  /**
   * Identifies the broken notification: the answer without its receipt.
   *
   * @internal
   */
  get identity(): string {
    return this.#answer.text.replace(/"receiptId"\s*:\s*\d+/, '');
  }

  /** The answer as received, or its beginning if it is too large. It may contain personal data. */
  get text(): string {
    return this.#answer.text;
  }
}

/** HTTP 401: `apiTokenInstance` is wrong. GREEN-API: Common errors. */
export class GreenApiUnauthorizedError extends GreenApiError {
  readonly code = 'UNAUTHORIZED';
  readonly recovery = 'recheck';

  constructor(failure: GreenApiFailure) {
    super('GREEN-API rejects the token; check apiTokenInstance in the GREEN-API console', failure);
  }
}

/** HTTP 403: `idInstance` and `apiUrl` do not belong together. GREEN-API: Common errors. */
export class GreenApiForbiddenError extends GreenApiError {
  readonly code = 'FORBIDDEN';
  readonly recovery = 'recheck';

  constructor(failure: GreenApiFailure) {
    super(
      'the host does not know this instance; check idInstance and apiUrl in the GREEN-API console',
      failure,
    );
  }
}

/** HTTP 466: the quota of the Developer plan is used up. GREEN-API: Common errors. */
export class QuotaExceededError extends GreenApiError {
  readonly code = 'QUOTA_EXCEEDED';
  readonly recovery = 'recheck';

  constructor(failure: GreenApiFailure) {
    super('the quota of the GREEN-API plan is used up; check the plan in the console', failure);
  }
}

/** HTTP 400: no messenger account is linked to the instance. GREEN-API: Common errors. */
export class InstanceNotAuthorizedError extends GreenApiError {
  readonly code = 'INSTANCE_NOT_AUTHORIZED';
  readonly recovery = 'recheck';

  constructor(failure: GreenApiFailure) {
    super('the instance is not authorized; link the account in the GREEN-API console', failure);
  }
}

/** HTTP 400: the instance is deleted or expired. GREEN-API: Common errors. */
export class InstanceUnavailableError extends GreenApiError {
  readonly code = 'INSTANCE_UNAVAILABLE';
  readonly recovery = 'recheck';

  constructor(failure: GreenApiFailure) {
    super('the instance is deleted or not paid for; renew it in the GREEN-API console', failure);
  }
}

/**
 * HTTP 400 `custom webhook url is set`: an instance with a `webhookUrl` cannot be polled.
 * GREEN-API: ReceiveNotification.
 */
export class WebhookUrlSetError extends GreenApiError {
  readonly code = 'WEBHOOK_URL_SET';
  readonly recovery = 'recheck';

  constructor(failure: GreenApiFailure) {
    super(
      'notifications go to a webhook URL, so they cannot be polled; clear webhookUrl in the GREEN-API console (it takes effect within 5 minutes)',
      failure,
    );
  }
}

/** Any other HTTP 4xx: the request itself is wrong. GREEN-API: Common errors. */
export class GreenApiRequestRefusedError extends GreenApiError {
  readonly code = 'REQUEST_REFUSED';
  readonly recovery = 'recheck';

  constructor(failure: GreenApiFailure) {
    super('GREEN-API refused the request; check its arguments and apiUrl', failure);
  }
}
