import { sleep } from '../../clock/sleep.js';
import type { WebhookFault } from './webhook.fault.js';

/** Sends the request's head at once and its body a few bytes at a time. */
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
