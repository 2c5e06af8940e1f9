import { sleep } from '../clock/clock.js';
import type { HandOut } from '../ledger/published.entry.js';
import { LinkedAbort } from '../support/linked-abort.js';
import { failureOfConnection, type WebhookHeaders } from '../webhook/webhook.client.js';
import type { WebhookExchange } from '../webhook/webhook.exchange.js';
import type { WebhookFault } from './fault.types.js';

/**
 * Adds headers or replaces the usual ones: a forged `x-forwarded-for`, a wrong `authorization` or,
 * with a list as the value, the same header twice.
 */
export function extraHeaders(headers: WebhookHeaders): WebhookFault {
  return {
    name: `extraHeaders(${Object.keys(headers).join(', ')})`,
    play: ({ post }) => post({ headers }),
  };
}

/**
 * Closes the connection after `afterMs` without an answer, and sends the notification again after
 * the pause.
 */
export function hangUp(afterMs: number): WebhookFault {
  return {
    name: `hangUp(${afterMs} ms)`,
    async play({ clock, post }) {
      const hangingUp = new AbortController();
      const timer = clock.setTimeout(() => hangingUp.abort(), afterMs);
      const handOut = await post({ hangUp: hangingUp.signal });
      timer.cancel();
      return handOut;
    },
  };
}

/**
 * Sends the notification in two requests at once. It leaves the queue if one of them is answered
 * 200.
 */
export function sentTwice(): WebhookFault {
  return {
    name: 'sentTwice',
    async play({ post }) {
      const [first, second] = await Promise.all([post(), post()]);
      return first.status === 200 ? first : second;
    },
  };
}

/**
 * Sends the notification normally, and once more after `delayMs`, whatever the first answer was.
 */
export function sentAgainLater(delayMs: number): WebhookFault {
  return {
    name: `sentAgainLater(${delayMs} ms)`,
    play({ clock, signal, post }) {
      void sleep(clock, delayMs, signal).then(() => (signal.aborted ? undefined : post()));
      return post();
    },
  };
}

/** Sends the headers at once, and the body a few bytes at a time. */
export function slowBody(pace: { bytes: number; intervalMs: number }): WebhookFault {
  return {
    name: `slowBody(${pace.bytes} per ${pace.intervalMs} ms)`,
    play({ clock, signal, post }) {
      return post({
        async *pieces(body) {
          for (let at = 0; at < body.length; at += pace.bytes) {
            await sleep(clock, pace.intervalMs, signal);
            yield body.subarray(at, at + pace.bytes);
          }
        },
      });
    },
  };
}

/**
 * Sends the headers one byte at a time, over plain `http:`. Stops when the receiver answers or
 * hangs up.
 */
export function slowHeaders(intervalMs: number): WebhookFault {
  return {
    name: `slowHeaders(1 per ${intervalMs} ms)`,
    async play(exchange) {
      const handOut = exchange.record({});
      Object.assign(handOut, await drip(exchange, intervalMs));
      return handOut;
    },
  };
}

async function drip(
  { url, headers, entry, clock, signal, connect }: WebhookExchange,
  intervalMs: number,
): Promise<Pick<HandOut, 'status' | 'failure'>> {
  if (!URL.canParse(url)) return { failure: 'connection' };
  const { pathname, search, host } = new URL(url);
  const socket = connect();
  const over = new LinkedAbort(signal);
  let answer = '';
  let broken: unknown;
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
    over.abort();
  });
  socket.on('error', (error) => {
    broken = error;
    over.abort();
  });
  socket.on('close', () => over.abort());

  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
  const length = `content-length: ${Buffer.byteLength(entry.raw)}\r\n`;
  const head = `POST ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\n${lines.join('')}${length}\r\n`;
  for (const character of head) {
    if (over.signal.aborted) break;
    socket.write(character);
    await sleep(clock, intervalMs, over.signal);
  }
  if (!over.signal.aborted) {
    socket.write(entry.raw);
    await new Promise((resolve) => over.signal.addEventListener('abort', resolve, { once: true }));
  }
  over.release();
  socket.destroy();
  const status = /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1];
  if (status) return { status: Number(status) };
  return { failure: signal.aborted ? 'closed' : failureOfConnection(broken) };
}
