import type { WebhookTokens } from '../transport/webhook/webhook.authenticator.js';
import { InvalidOptionsError } from './invalid-options.error.js';
import type { InstancesByTransport } from './instances-by-transport.js';
import type { GreenNotificationsOptions } from './options/green-notifications.options.js';

/** The webhook tokens as the options give them. */
export function webhookTokens({ webhook, instances }: GreenNotificationsOptions): WebhookTokens {
  return {
    common: listOf(webhook.token),
    own: new Map(
      instances.flatMap(({ idInstance, webhookToken }) => {
        const tokens = listOf(webhookToken);
        return tokens.length > 0 ? [[String(idInstance), tokens]] : [];
      }),
    ),
    insecure: webhook.insecure,
  };
}

/** @throws {InvalidOptionsError} if anybody could post for an instance, and `insecure` is not on */
export function requireTokens(tokens: WebhookTokens, instances: InstancesByTransport): void {
  if (tokens.insecure || tokens.common.length > 0) return;
  const open = instances.of('webhook').filter(({ idInstance }) => !tokens.own.has(idInstance));
  if (open.length === 0) return;
  throw new InvalidOptionsError([
    `webhook.token: there is none for ${open.map(({ name }) => name).join(', ')}, so anybody could ` +
      'post notifications; choose a long random one and set it as webhookUrlToken in the ' +
      'GREEN-API console, too (or set webhook.insecure: true where that does not matter)',
  ]);
}

function listOf(token: string | readonly string[] | undefined): readonly string[] {
  return typeof token === 'string' ? [token] : (token ?? []);
}
