import type { HttpFault } from './http.fault.js';
import { openAnswer } from './opened.answer.js';

/**
 * Announces the whole body, sends its beginning and closes the connection.
 * @param bytes how much is sent. Default: half
 */
export function truncatedBody(bytes?: number): HttpFault {
  return {
    name: 'truncatedBody',
    async play(exchange) {
      const { response, body } = await openAnswer(exchange);
      const sent = body.subarray(0, bytes ?? Math.floor(body.length / 2));
      response.write(sent, () => exchange.hangUp());
    },
  };
}
