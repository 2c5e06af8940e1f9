import type { ServerResponse } from 'node:http';
import type { HttpExchange } from '../../http/http.exchange.js';

interface OpenedAnswer {
  readonly response: ServerResponse;
  readonly body: Buffer;
}

/** Lets the request take effect and sends the head of its answer; the body is left to the fault. */
export async function openAnswer(exchange: HttpExchange): Promise<OpenedAnswer> {
  const answer = await exchange.perform();
  const body = Buffer.from(answer.body);
  return { response: exchange.open(answer, body.length), body };
}
