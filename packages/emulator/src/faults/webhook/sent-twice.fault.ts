import type { WebhookFault } from './webhook.fault.js';

/** The same notification in two requests at once. It leaves the queue if either is answered 200. */
export function sentTwice(): WebhookFault {
  return {
    name: 'sentTwice',
    async play({ post }) {
      const [first, second] = await Promise.all([post(), post()]);
      return first.status === 200 ? first : second;
    },
  };
}
