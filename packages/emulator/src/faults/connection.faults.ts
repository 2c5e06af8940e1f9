import type { ServerResponse } from 'node:http';

import { sleep } from '../clock/clock.js';
import type { HttpExchange } from '../http/http.exchange.js';
import type { FaultMoment, HttpFault } from './fault.types.js';

/**
 * Resets the connection (RST) instead of answering.
 * @param when `after-effect`: the request takes effect, and only the answer is lost
 */
export function connectionReset(when: FaultMoment): HttpFault {
  return {
    name: `connectionReset(${when})`,
    async play(exchange) {
      if (when === 'after-effect') await exchange.perform();
      exchange.reset();
    },
  };
}

/** Never answers; the connection stays open until the caller, or the emulator, closes it. */
export function blackHole(when: FaultMoment = 'before-effect'): HttpFault {
  return {
    name: `blackHole(${when})`,
    async play(exchange) {
      exchange.ignore();
      if (when === 'after-effect') await exchange.perform();
    },
  };
}

/**
 * Sends the correct answer, but late.
 * @param when whether the request takes effect before or after the delay. Default: after the delay
 */
export function delay(delayMs: number, when: FaultMoment = 'before-effect'): HttpFault {
  return {
    name: `delay(${delayMs} ms)`,
    async play(exchange) {
      if (when === 'after-effect') await exchange.perform();
      await sleep(exchange.clock, delayMs, exchange.signal);
      if (!exchange.signal.aborted) exchange.send(await exchange.perform());
    },
  };
}

/** Sends the headers at once, and the body a few bytes at a time. */
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

/**
 * Announces the length of the whole body, sends only its beginning, and closes the connection.
 * @param bytes how many bytes are sent. Default: half of the body
 */
export function truncatedBody(bytes?: number): HttpFault {
  return {
    name: 'truncatedBody',
    async play(exchange) {
      const { response, body } = await openAnswer(exchange);
      const sent = body.subarray(0, bytes ?? Math.floor(body.length / 2));
      response.write(sent, () => exchange.hangUp());
    },
  };
}

/** Sends the correct answer, then closes the keep-alive connection without announcing it. */
export function closedAfterAnswer(): HttpFault {
  return {
    name: 'closedAfterAnswer',
    async play(exchange) {
      const { response, body } = await openAnswer(exchange);
      response.end(body, () => exchange.hangUp());
    },
  };
}

interface OpenedAnswer {
  readonly response: ServerResponse;
  readonly body: Buffer;
}

/** Lets the request take effect and sends the headers of its answer. The fault sends the body. */
async function openAnswer(exchange: HttpExchange): Promise<OpenedAnswer> {
  const answer = await exchange.perform();
  const body = Buffer.from(answer.body);
  return { response: exchange.open(answer, body.length), body };
}
