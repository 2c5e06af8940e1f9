import { connect } from 'node:net';
import { sleep } from '../../clock/sleep.js';
import type { HandOut } from '../../ledger/hand-out.js';
import { LinkedAbort } from '../../support/linked.abort.js';
import type { WebhookExchange } from '../../webhook/webhook.exchange.js';
import type { WebhookFault } from './webhook.fault.js';

/** Sends the request's head one byte at a time, over plain `http:`, until the receiver has had enough. */
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
  { url, headers, entry, clock, signal }: WebhookExchange,
  intervalMs: number,
): Promise<Pick<HandOut, 'status' | 'failure'>> {
  const { hostname, port, pathname, search, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port || 80) });
  const over = new LinkedAbort(signal);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
    over.abort();
  });
  socket.on('error', () => over.abort());
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
  return { failure: signal.aborted ? 'closed' : 'connection' };
}
