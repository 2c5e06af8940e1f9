import type { WebhookFault } from './webhook.fault.js';

/** Gives up waiting for the answer after that time; the same notification is sent again after the pause. */
export function hangUp(afterMs: number): WebhookFault {
  return {
    name: `hangUp(${afterMs} ms)`,
    async play({ clock, post }) {
      const patience = new AbortController();
      const timer = clock.setTimeout(() => patience.abort(), afterMs);
      const handOut = await post({ hangUp: patience.signal });
      timer.cancel();
      return handOut;
    },
  };
}
