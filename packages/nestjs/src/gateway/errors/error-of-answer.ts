import { GreenApiForbiddenError } from './forbidden.error.js';
import type { GreenApiError, GreenApiFailure } from './green-api.error.js';
import { InstanceNotAuthorizedError } from './instance-not-authorized.error.js';
import { InstanceStartingError } from './instance-starting.error.js';
import { InstanceUnavailableError } from './instance-unavailable.error.js';
import { QuotaExceededError } from './quota-exceeded.error.js';
import { RateLimitedError } from './rate-limited.error.js';
import { GreenApiRequestRefusedError } from './request-refused.error.js';
import { GreenApiServerError } from './server.error.js';
import { GreenApiUnauthorizedError } from './unauthorized.error.js';
import { WebhookUrlSetError } from './webhook-url-set.error.js';

type ErrorClass = new (failure: GreenApiFailure) => GreenApiError;

const BY_STATUS: Readonly<Record<number, ErrorClass>> = {
  401: GreenApiUnauthorizedError,
  403: GreenApiForbiddenError,
  408: GreenApiServerError,
  425: GreenApiServerError,
  466: QuotaExceededError,
  499: GreenApiServerError,
};

/** GREEN-API tells its 400s apart by their text alone. */
const BY_TEXT: ReadonlyArray<readonly [RegExp, ErrorClass]> = [
  [/custom webhook url is set/i, WebhookUrlSetError],
  [/not authorized/i, InstanceNotAuthorizedError],
  [/instance (in|is) starting/i, InstanceStartingError],
  [/account is expired|instance is deleted/i, InstanceUnavailableError],
];

/** The error for an answer of GREEN-API whose status is not 200. */
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

/** Reads `Retry-After`, which holds either seconds or an HTTP date. */
function retryAfterMsOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
