import type { HttpFault } from './http.fault.js';

/**
 * Announces the whole body, sends its beginning and closes the connection.
 * @param bytes how much is sent. Default: half
 */
export function truncatedBody(bytes?: number): HttpFault {
  return {
    name: 'truncatedBody',
    async play(exchange) {
      const answer = await exchange.perform();
      const body = Buffer.from(answer.body);
      const response = exchange.open(answer, body.length);
      const sent = body.subarray(0, bytes ?? Math.floor(body.length / 2));
      response.write(sent, () => exchange.hangUp());
    },
  };
}
