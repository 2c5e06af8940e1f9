import type { HttpExchange } from '../http/http.exchange.js';
import type { HandOut } from '../ledger/published.entry.js';
import type { WebhookExchange } from '../webhook/webhook.exchange.js';

/** Which requests, or pushes, a fault is meant for. Everything left out matches. */
export interface FaultMatch<Exchange> {
  idInstance?: number | string;
  /** How many times it is played; `Infinity` until removed. @default 1 */
  times?: number;
  /** How many matching ones are let pass before. @default 0 */
  skip?: number;
  /** A further condition. */
  when?: (exchange: Exchange) => boolean;
}

/** Whether the request has done its work on the queue when the fault strikes. */
export type FaultMoment = 'before-effect' | 'after-effect';

/** Something that goes wrong with one HTTP request. Write your own by playing on the exchange. */
export interface HttpFault {
  readonly name: string;
  play(exchange: HttpExchange): Promise<void> | void;
}

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

/** Something that goes wrong with one push of the webhook sender. */
export interface WebhookFault {
  readonly name: string;
  /** Stands in for the POST; what it returns decides whether the notification leaves the queue. */
  play(exchange: WebhookExchange): Promise<HandOut>;
}
