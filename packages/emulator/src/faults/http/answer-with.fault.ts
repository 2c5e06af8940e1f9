import type { FaultMoment } from './fault.moment.js';
import type { HttpFault } from './http.fault.js';

export interface FaultAnswer {
  status: number;
  headers?: Record<string, string>;
  /** A string goes out as it is; anything else as JSON. @default an empty body */
  body?: unknown;
}

/**
 * Answers with the given status, headers and body.
 * @param when `before-effect` (default): the request does nothing. So `{"result":true}` to
 * `deleteNotification` makes GREEN-API claim a deletion that never happened.
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
