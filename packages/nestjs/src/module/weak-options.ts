import { isLoopback } from './options/custom.validators.js';
import type { GreenNotificationsOptions } from './options/green-notifications.options.js';
import type { InstanceOptions } from './options/instance.options.js';
import { listOf, type WebhookOptions } from './options/webhook.options.js';

/** A shorter token can be guessed. */
const SHORTEST_TOKEN = 16;

/** What works, but is easy to attack: one line for each. */
export function weaknessesOf(options: GreenNotificationsOptions): readonly string[] {
  return [
    ...weakTokens('webhook.token', options.webhook.token),
    ...options.instances.flatMap(weaknessesOfInstance),
  ];
}

/** The same for one instance. */
export function weaknessesOfInstance(options: InstanceOptions): readonly string[] {
  const { name = String(options.idInstance), apiUrl, mediaUrl, webhookToken } = options;
  return [
    ...weakTokens(`webhookToken of ${name}`, webhookToken),
    ...openToAll(`apiUrl of ${name}`, apiUrl),
    ...(mediaUrl === undefined ? [] : openToAll(`mediaUrl of ${name}`, mediaUrl)),
  ];
}

function openToAll(option: string, url: string): string[] {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !isLoopback(hostname)
    ? [`${option} is not https, so anyone on the way can read apiTokenInstance; use https`]
    : [];
}

function weakTokens(option: string, token: WebhookOptions['token']): string[] {
  // What a function returns may change at any time.
  if (typeof token === 'function') return [];
  return listOf(token).some(({ length }) => length < SHORTEST_TOKEN)
    ? [
        `${option} has fewer than ${SHORTEST_TOKEN} characters, so it can be guessed; choose a long random ` +
          'token, and set it as webhookUrlToken in the GREEN-API console, too',
      ]
    : [];
}
