import type { HttpExchange } from '../../http/http.exchange.js';
import type { FaultMatch } from '../fault.match.js';

export interface HttpFaultMatch extends FaultMatch<HttpExchange> {
  /** GREEN-API's method name, e.g. `deleteNotification`. */
  method?: string;
  /**
   * Only requests whose answer carries a notification: they take their effect first, then the fault is
   * played, so an idle long poll does not use it up.
   * @default false
   */
  handingOut?: boolean;
}
