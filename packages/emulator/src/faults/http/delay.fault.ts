import { sleep } from '../../clock/sleep.js';
import type { FaultMoment } from './fault.moment.js';
import type { HttpFault } from './http.fault.js';

/**
 * Answers rightly, but late.
 * @param when whether the queue changes before or after the wait. Default: the wait comes first
 */
export function delay(delayMs: number, when: FaultMoment = 'before-effect'): HttpFault {
  return {
    name: `delay(${delayMs} ms)`,
    async play(exchange) {
      if (when === 'after-effect') await exchange.perform();
      await sleep(exchange.clock, delayMs, exchange.signal);
      if (!exchange.signal.aborted) exchange.send(await exchange.perform());
    },
  };
}
