import { errorAnswer } from '../../http/error.answer.js';
import type { HttpFault } from './http.fault.js';

/**
 * An error of GREEN-API's own, in its usual body, token included: `apiError(400, 'Instance is deleted')`,
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
