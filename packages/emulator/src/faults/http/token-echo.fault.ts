import { apiError } from './api-error.fault.js';
import type { HttpFault } from './http.fault.js';

/** An error whose body repeats the token, in `path` and in `message`, as GREEN-API's do. */
export function tokenEcho(status = 500): HttpFault {
  return {
    name: `tokenEcho(${status})`,
    play(exchange) {
      const { request, path } = exchange;
      return apiError(status, `Cannot ${request.verb} ${path}`).play(exchange);
    },
  };
}
