import { sleep } from '../../clock/sleep.js';
import type { WebhookFault } from './webhook.fault.js';

/** Sent as it should be, and once more after that time, whatever became of the first. */
export function sentAgainLater(delayMs: number): WebhookFault {
  return {
    name: `sentAgainLater(${delayMs} ms)`,
    play({ clock, signal, post }) {
      void sleep(clock, delayMs, signal).then(() => (signal.aborted ? undefined : post()));
      return post();
    },
  };
}
