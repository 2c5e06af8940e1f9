import { printable } from '../common/printable.js';
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
import {
  isUntrustedObject,
  stringAt,
  valueAt,
} from '../notification/common/untrusted-json.reader.js';
import { parseJson } from './parse-json.js';
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
const FIELDS = ['code', 'status', 'message', 'reason', 'description'];

/**
 * The message of an error body: one short line without the token; undefined if it is HTML or empty.
 */
export function detailOfBody(body: string, token: string): string | undefined {
  const text = saidIn(body) ?? (body.trimStart().startsWith('<') ? '' : body);
  const line = printable(redact(text, token).trim(), LONGEST_DETAIL);
  return line === '' ? undefined : line;
}

/**
 * The fields of a JSON body in which GREEN-API says what is wrong. Other fields, such as lists of
 * chats, are left out. Undefined if the body is not a JSON object.
 */
function saidIn(body: string): string | undefined {
  try {
    const parsed = parseJson(body);
    if (!isUntrustedObject(parsed)) return undefined;
    const said = [
      parsed,
      valueAt(parsed, 'invokeStatus'),
      valueAt(parsed, 'correspondentsStatus'),
    ].flatMap((part) => FIELDS.map((field) => stringAt(part, field)));
    return said.filter((text) => text !== undefined).join(': ');
  } catch {
    return undefined;
  }
}
