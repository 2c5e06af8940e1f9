import { sleep } from '../../clock/sleep.js';
import type { HttpFault } from './http.fault.js';
import { openAnswer } from './opened.answer.js';

/** Sends the head at once and the body a few bytes at a time. */
export function drippedBody(pace: { bytes: number; intervalMs: number }): HttpFault {
  return {
    name: `drippedBody(${pace.bytes} per ${pace.intervalMs} ms)`,
    async play(exchange) {
      const { response, body } = await openAnswer(exchange);
      for (let at = 0; at < body.length; at += pace.bytes) {
        await sleep(exchange.clock, pace.intervalMs, exchange.signal);
        if (exchange.signal.aborted) return;
        response.write(body.subarray(at, at + pace.bytes));
      }
      response.end();
    },
  };
}
