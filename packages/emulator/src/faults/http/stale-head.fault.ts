import { handOutAnswer } from '../../http/hand-out.answer.js';
import type { HttpFault } from './http.fault.js';

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
