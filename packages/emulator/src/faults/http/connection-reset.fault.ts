import type { FaultMoment } from './fault.moment.js';
import type { HttpFault } from './http.fault.js';

/**
 * Breaks the connection by RST instead of answering.
 * @param when `after-effect`: the work was done, only its answer is lost
 */
export function connectionReset(when: FaultMoment): HttpFault {
  return {
    name: `connectionReset(${when})`,
    async play(exchange) {
      if (when === 'after-effect') await exchange.perform();
      exchange.reset();
    },
  };
}
