import type { Clock } from '../clock/clock.js';
import type { PublishedEntry } from '../ledger/published.entry.js';
import type { UndocumentedOptions } from '../options/undocumented.options.js';
import type { Received } from '../queue/pull.channel.js';

/** An HTTP answer before it is written. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** The notification it carries. */
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
  /** The request's path as it came, token included: GREEN-API echoes it. */
  readonly path: string;
  readonly clock: Clock;
  readonly options: Pick<UndocumentedOptions, 'errorBody'>;
}

export type ErrorShape = 'status-code' | 'code';

/** An error with a body, in the published shape or in the one that the options ask for. */
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

/** The zero-length JSON answer of 401 and 429. */
export function emptyAnswer(status: number): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: '' };
}

/** The page of the proxy in front of GREEN-API. */
export function htmlAnswer(status: number, title: string): Answer {
  const page = `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  return { status, headers: { 'content-type': 'text/html' }, body: page };
}

/** What `receiveNotification` answers when it hands out a notification. */
export function handOutAnswer({ receiptId, entry }: Received): Answer {
  return {
    ...jsonAnswer(null),
    // The body goes out as it was published, down to broken JSON and numbers beyond 2^53.
    body: `{"receiptId":${receiptId},"body":${entry.raw}}`,
    handsOut: entry,
  };
}

/** On every answer of GREEN-API's own, though not on those of the proxy before it. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': '*',
};

/** What `OPTIONS` is answered. */
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
