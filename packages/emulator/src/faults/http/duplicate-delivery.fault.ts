import type { HttpFault } from './http.fault.js';

/**
 * The notification handed out is queued once more behind itself, so it comes again after its deletion,
 * with a receipt of its own. Plan it with `handingOut: true`.
 */
export function duplicateDelivery(): HttpFault {
  return {
    name: 'duplicateDelivery',
    async play(exchange) {
      const answer = await exchange.perform();
      if (answer.handsOut) exchange.instance?.duplicate(answer.handsOut);
      exchange.send(answer);
    },
  };
}
