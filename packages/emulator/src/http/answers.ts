import type { Clock } from '../clock/clock.js';
import type { PublishedEntry } from '../ledger/published.entry.js';
import type { UndocumentedOptions } from '../options/undocumented.options.js';
import type { Received } from '../queue/pull.channel.js';

/** An HTTP answer that is not sent yet. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** The notification in its body, if there is one. */
  readonly handsOut?: PublishedEntry;
}

export function jsonAnswer(value: unknown, status = 200): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  };
}

export interface ErrorContext {
  /** The original path of the request, with the token: GREEN-API repeats it in errors. */
  readonly path: string;
  readonly clock: Clock;
  readonly options: Pick<UndocumentedOptions, 'errorBody'>;
}

export type ErrorShape = 'status-code' | 'code';

/** An error with a body, in the published format or in the one that the options set. */
export function errorAnswer(
  { path, clock, options }: ErrorContext,
  status: number,
  message: string,
  publishedShape: ErrorShape = 'status-code',
): Answer {
  const shape = options.errorBody === 'published' ? publishedShape : options.errorBody;
  if (shape === 'code')
    return jsonAnswer({ code: 'INVALID_PARAM', message, status: 'error' }, status);
  const timestamp = new Date(clock.now()).toISOString();
  return jsonAnswer({ statusCode: status, timestamp, path, message }, status);
}

/** The answer to 401 and 429: JSON content type, empty body. */
export function emptyAnswer(status: number): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: '' };
}

/** The HTML page of the proxy in front of GREEN-API. */
export function htmlAnswer(status: number, title: string): Answer {
  const page = `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  return { status, headers: { 'content-type': 'text/html' }, body: page };
}

/** The answer of `receiveNotification` with a notification. */
export function handOutAnswer({ receiptId, entry }: Received): Answer {
  return {
    ...jsonAnswer(null),
    // The body is sent exactly as it was published, even broken JSON and numbers above 2^53.
    body: `{"receiptId":${receiptId},"body":${entry.raw}}`,
    handsOut: entry,
  };
}

/** Headers of every answer of GREEN-API itself. The answers of the proxy do not have them. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': '*',
};

/** The answer to `OPTIONS`. */
export function preflightAnswer(): Answer {
  return {
    status: 200,
    headers: {
      ...CORS_HEADERS,
      'access-control-allow-methods': 'GET, POST, OPTIONS, DELETE, HEAD',
      'access-control-allow-headers':
        'DNT,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range',
      'access-control-max-age': '1728000',
    },
    body: '',
  };
}
