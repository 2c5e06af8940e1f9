import { errorAnswer, htmlAnswer } from '../http/answers.js';
import type { FaultMoment, HttpFault } from './fault.types.js';

export interface FaultAnswer {
  status: number;
  headers?: Record<string, string>;
  /** A string is sent unchanged, anything else as JSON. @default an empty body */
  body?: unknown;
}

/**
 * Answers with the given status, headers and body.
 * @param when `before-effect` (default): the request has no effect. For example, `{"result":true}`
 * for `deleteNotification` reports a deletion that did not happen.
 */
export function answerWith(answer: FaultAnswer, when: FaultMoment = 'before-effect'): HttpFault {
  const { status, headers, body = '' } = answer;
  return {
    name: `answerWith(${status})`,
    async play(exchange) {
      if (when === 'after-effect') await exchange.perform();
      exchange.send({
        status,
        headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    },
  };
}

/**
 * An error of GREEN-API, in its usual body with the token: `apiError(400, 'Instance is deleted')`,
 * `apiError(400, 'Instance account is expired. Renew your instance from personal area')`.
 */
export function apiError(status: number, message: string): HttpFault {
  return {
    name: `apiError(${status})`,
    play(exchange) {
      const { path, clock } = exchange;
      const options = { errorBody: 'status-code' } as const;
      exchange.send(errorAnswer({ path, clock, options }, status, message));
    },
  };
}

/** An error whose body contains the token, in `path` and `message`, as in GREEN-API's errors. */
export function tokenEcho(status = 500): HttpFault {
  return {
    name: `tokenEcho(${status})`,
    play(exchange) {
      const { request, path } = exchange;
      return apiError(status, `Cannot ${request.verb} ${path}`).play(exchange);
    },
  };
}

/** 429 with an empty body. GREEN-API sends no `Retry-After`, but a proxy in front of it might. */
export function tooManyRequests(options: { retryAfterSeconds?: number } = {}): HttpFault {
  const { retryAfterSeconds } = options;
  return answerWith({
    status: 429,
    ...(retryAfterSeconds !== undefined && { headers: { 'retry-after': `${retryAfterSeconds}` } }),
  });
}

const TITLES = {
  403: 'Forbidden',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
} as const;

/** The HTML error page of the proxy in front of GREEN-API: 403, 500, 502, 503 or 504. */
export function proxyPage(status: keyof typeof TITLES): HttpFault {
  return {
    name: `proxyPage(${status})`,
    play: (exchange) => exchange.send(htmlAnswer(status, TITLES[status])),
  };
}

/** The request takes effect. The answer has its usual status and headers, but the given body. */
export function malformedBody(body: string | Buffer): HttpFault {
  return {
    name: 'malformedBody',
    async play(exchange) {
      exchange.send({ ...(await exchange.perform()), body });
    },
  };
}
