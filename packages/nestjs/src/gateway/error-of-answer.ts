import {
  type GreenApiError,
  type GreenApiFailure,
  GreenApiForbiddenError,
  GreenApiRequestRefusedError,
  GreenApiServerError,
  GreenApiUnauthorizedError,
  InstanceNotAuthorizedError,
  InstanceStartingError,
  InstanceUnavailableError,
  QuotaExceededError,
  RateLimitedError,
  WebhookUrlSetError,
} from './green-api.errors.js';
import { redact } from './redact.js';

type ErrorClass = new (failure: GreenApiFailure) => GreenApiError;

const BY_STATUS: Readonly<Record<number, ErrorClass>> = {
  401: GreenApiUnauthorizedError,
  403: GreenApiForbiddenError,
  408: GreenApiServerError,
  425: GreenApiServerError,
  466: QuotaExceededError,
  499: GreenApiServerError,
};

/** Answers with status 400 differ only in their text. */
const BY_TEXT: ReadonlyArray<readonly [RegExp, ErrorClass]> = [
  [/custom webhook url is set/i, WebhookUrlSetError],
  [/not authorized/i, InstanceNotAuthorizedError],
  [/instance (in|is) starting/i, InstanceStartingError],
  [/account is expired|instance is deleted/i, InstanceUnavailableError],
];

/** The error for an answer of GREEN-API whose status is neither 200 nor 204. */
export function errorOfAnswer(
  failure: GreenApiFailure & { readonly status: number },
  body: string,
  retryAfter: string | undefined,
): GreenApiError {
  const { status } = failure;
  if (status === 429) return new RateLimitedError(failure, retryAfterMsOf(retryAfter));
  const ErrorClass =
    BY_STATUS[status] ??
    (status === 400 ? BY_TEXT.find(([text]) => text.test(body))?.[1] : undefined) ??
    (status >= 500 ? GreenApiServerError : GreenApiRequestRefusedError);
  return new ErrorClass(failure);
}

/** Reads `Retry-After`, which contains seconds or an HTTP date; undefined if it is neither. */
function retryAfterMsOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

const LONGEST_DETAIL = 300;

/**
 * The message of an error body: one short line without the token; undefined if it is HTML or empty.
 */
export function detailOfBody(body: string, token: string): string | undefined {
  const text = messageIn(body) ?? (body.trimStart().startsWith('<') ? '' : body);
  const line = redact(text, token).replace(/\s+/g, ' ').trim().slice(0, LONGEST_DETAIL);
  return line === '' ? undefined : line;
}

function messageIn(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const { message, reason } = parsed as { message?: unknown; reason?: unknown };
    return [message, reason].find((text) => typeof text === 'string');
  } catch {
    return undefined;
  }
}
