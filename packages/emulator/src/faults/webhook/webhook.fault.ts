import type { HandOut } from '../../ledger/hand-out.js';
import type { WebhookExchange } from '../../webhook/webhook.exchange.js';

/** Something that goes wrong with one push of the webhook sender. */
export interface WebhookFault {
  readonly name: string;
  /** Stands in for the POST; what it returns decides whether the notification leaves the queue. */
  play(exchange: WebhookExchange): Promise<HandOut>;
}
