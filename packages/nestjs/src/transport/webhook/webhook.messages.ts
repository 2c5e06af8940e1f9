import type { Instance } from '../../instance/instance.js';
import type { Refusal, RefusalReason } from './refusal.js';

const ADVICE: Readonly<Record<RefusalReason, string>> = {
  address: 'its address is not in webhook.allowedAddresses',
  token:
    'its Authorization is missing or wrong; if it is GREEN-API, set webhookUrlToken in its console to webhook.token',
  stopped: 'receiving has stopped or has not begun; GREEN-API will send it again',
  'too-large': 'its body is larger than webhook.bodyLimitBytes',
  'too-slow': 'its body did not arrive within webhook.bodyTimeoutMs',
  'cut-off': 'it ended before its body did',
  instance:
    'its instanceData.idInstance is none of the instances that receive by webhook; ' +
    'if it is yours, add it to "instances", or clear webhookUrl in its console',
  'token-of-another-instance': 'its Authorization is not that of the instance it names',
};

const from = ({ address }: Refusal) => (address === undefined ? '' : ` from ${address}`);

export const REFUSED = (refusal: Refusal) =>
  `Refused a webhook${from(refusal)} with ${refusal.status}: ${ADVICE[refusal.reason]}`;

export const REFUSED_SINCE = (last: Refusal, count: number) =>
  `Refused ${count} more webhooks with ${last.status}, the last${from(last)}: ${ADVICE[last.reason]}`;

export const WEBHOOK_STARTED = (path: string, instances: readonly Instance[]) =>
  `Receiving webhooks of ${instances.map(({ name }) => name).join(', ')} at POST ${path}`;

export const INSECURE =
  'webhook.insecure is on: whoever knows the address can post notifications. Set webhook.token';

export const ANSWERED_TOO_EARLY = (instance: Instance | undefined, timeoutMs: number) =>
  `A notification of ${instance?.name ?? 'an unknown instance'} was not handled ${timeoutMs} ms after it was posted, so it ` +
  'was answered 503; the handler goes on, and the next time GREEN-API posts it joins that run';

export const UNSETTLED_WEBHOOKS = (count: number, timeoutMs: number) =>
  `${count} posted notifications were still being handled ${timeoutMs} ms after the stop; they are answered ` +
  '503, and GREEN-API will send them again';
