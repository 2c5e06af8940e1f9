import type { HttpExchange } from '../http/http.exchange.js';
import type { HandOut } from '../ledger/published.entry.js';
import type { WebhookExchange } from '../webhook/webhook.exchange.js';

/** The requests or pushes that a fault applies to. An omitted field matches everything. */
export interface FaultMatch<Exchange> {
  idInstance?: number | string;
  /** How often it is played. `Infinity`: until it is removed. @default 1 */
  times?: number;
  /** How many matching requests or pushes pass before the first is faulty. @default 0 */
  skip?: number;
  /** One more condition. */
  when?: (exchange: Exchange) => boolean;
}

/** Whether the fault happens before or after the request takes effect. */
export type FaultMoment = 'before-effect' | 'after-effect';

/**
 * A fault of one HTTP request. To write your own, implement `play` with the methods of the
 * exchange.
 */
export interface HttpFault {
  readonly name: string;
  play(exchange: HttpExchange): Promise<void> | void;
}

export interface HttpFaultMatch extends FaultMatch<HttpExchange> {
  /** GREEN-API's method name, e.g. `deleteNotification`. */
  method?: string;
  /**
   * Matches only requests whose answer contains a notification. They take effect first, and then
   * the fault is played. So a long poll without a notification does not use up the fault.
   * @default false
   */
  handingOut?: boolean;
}

/** A fault of one push of the webhook sender. */
export interface WebhookFault {
  readonly name: string;
  /** Replaces the POST. Its result decides whether the notification leaves the queue. */
  play(exchange: WebhookExchange): Promise<HandOut>;
}
