import type { WebhookHeaders } from '../../webhook/webhook.headers.js';
import type { WebhookFault } from './webhook.fault.js';

/**
 * Sends headers besides the usual ones or in their place: a forged `x-forwarded-for`, a wrong
 * `authorization`, or, as a list, the same header twice.
 */
export function extraHeaders(headers: WebhookHeaders): WebhookFault {
  return {
    name: `extraHeaders(${Object.keys(headers).join(', ')})`,
    play: ({ post }) => post({ headers }),
  };
}
