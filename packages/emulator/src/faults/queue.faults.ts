import { handOutAnswer } from '../http/answers.js';
import type { HttpFault } from './fault.types.js';

/**
 * `receiveNotification` answers with the notification that was deleted last, with its old
 * `receiptId`, as if the deletion had not taken effect yet. If nothing was deleted, the answer is
 * correct.
 */
export function staleHead(): HttpFault {
  return {
    name: 'staleHead',
    async play(exchange) {
      const stale = exchange.instance?.pull.lastDeleted;
      if (!stale) return exchange.send(await exchange.perform());
      const { entry, receiptId } = stale;
      entry.recordHandOut({ transport: 'polling', atMs: exchange.clock.now(), receiptId });
      return exchange.send(handOutAnswer(stale));
    },
  };
}

/**
 * Queues a copy of the received notification directly behind it. The copy is received after the
 * original is deleted, with a new `receiptId`. Plan it with `handingOut: true`.
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
