import type { HttpExchange } from '../../http/http.exchange.js';

/** Something that goes wrong with one HTTP request. Write your own by playing on the exchange. */
export interface HttpFault {
  readonly name: string;
  play(exchange: HttpExchange): Promise<void> | void;
}
