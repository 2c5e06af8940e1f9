import type { HttpFault } from './http.fault.js';
import { openAnswer } from './opened.answer.js';

/** Answers rightly and then closes the kept-alive connection without having announced it. */
export function closedAfterAnswer(): HttpFault {
  return {
    name: 'closedAfterAnswer',
    async play(exchange) {
      const { response, body } = await openAnswer(exchange);
      response.end(body, () => exchange.hangUp());
    },
  };
}
