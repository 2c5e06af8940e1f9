import type { FaultMoment } from './fault.moment.js';
import type { HttpFault } from './http.fault.js';

/** Never answers; the connection stays open until the caller, or the emulator, closes it. */
export function blackHole(when: FaultMoment = 'before-effect'): HttpFault {
  return {
    name: `blackHole(${when})`,
    async play(exchange) {
      exchange.ignore();
      if (when === 'after-effect') await exchange.perform();
    },
  };
}
