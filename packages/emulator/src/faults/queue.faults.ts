import { handOutAnswer } from '../http/answers.js';
import type { HttpFault } from './fault.types.js';

/**
 * `receiveNotification` answers with the notification that was deleted last, under its old receipt, as
 * if the deletion had not come through yet. Answers rightly if nothing was deleted.
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
