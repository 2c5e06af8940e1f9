import type { HttpFault } from './http.fault.js';

/** The request takes its effect and keeps its status and headers; the body is the given one. */
export function malformedBody(body: string | Buffer): HttpFault {
  return {
    name: 'malformedBody',
    async play(exchange) {
      exchange.send({ ...(await exchange.perform()), body });
    },
  };
}
