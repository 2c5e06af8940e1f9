import { jsonAnswer } from '../../http/json.answer.js';
import type { HttpFault } from './http.fault.js';

/** An error whose body repeats the token, in `path` and in `message`, as GREEN-API's do. */
export function tokenEcho(status = 500): HttpFault {
  return {
    name: `tokenEcho(${status})`,
    play(exchange) {
      const { path, clock, request } = exchange;
      const timestamp = new Date(clock.now()).toISOString();
      const message = `Cannot ${request.verb} ${path}`;
      exchange.send(jsonAnswer({ statusCode: status, timestamp, path, message }, status));
    },
  };
}
