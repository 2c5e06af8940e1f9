import type { HttpFault } from './http.fault.js';

/** Answers rightly and then closes the kept-alive connection without having announced it. */
export function closedAfterAnswer(): HttpFault {
  return {
    name: 'closedAfterAnswer',
    async play(exchange) {
      const answer = await exchange.perform();
      const body = Buffer.from(answer.body);
      const response = exchange.open(answer, body.length);
      response.end(body, () => exchange.hangUp());
    },
  };
}
