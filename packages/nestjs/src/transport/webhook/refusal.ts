import type { LoggedRefusal } from './refusal.log.js';
import { REFUSED } from './webhook.messages.js';

/** Why a POST is not handled: what it is answered, and what the log says about it. */
const REFUSALS = {
  'nobody-receives': [
    404,
    'no instance receives by webhook; if it is GREEN-API, clear webhookUrl in its console, or set ' +
      "transport: 'webhook'",
  ],
  address: [403, 'its address is not in webhook.allowedAddresses'],
  token: [
    401,
    'its Authorization is missing or wrong; if it is GREEN-API, set webhookUrlToken in its console to webhook.token',
  ],
  stopped: [503, 'receiving has stopped or has not begun; GREEN-API will send it again'],
  'too-large': [413, 'its body is larger than webhook.bodyLimitBytes'],
  'too-slow': [408, 'its body did not arrive within webhook.bodyTimeoutMs'],
  'cut-off': [400, 'it ended before its body did'],
  instance: [
    404,
    'its instanceData.idInstance is none of the instances that receive by webhook; ' +
      'if it is yours, add it to "instances", or clear webhookUrl in its console',
  ],
  'token-of-another-instance': [401, 'its Authorization is not that of the instance it names'],
} as const satisfies Readonly<Record<string, readonly [status: number, because: string]>>;

export type RefusalReason = keyof typeof REFUSALS;

/** A POST that the gate does not let in. */
export class Refusal implements LoggedRefusal {
  readonly level = 'warn';
  readonly status: number;
  readonly because: string;

  constructor(
    readonly reason: RefusalReason,
    /** Where it came from, if that is known. */
    readonly address: string | undefined,
  ) {
    [this.status, this.because] = REFUSALS[reason];
  }

  get kind(): string {
    return this.reason;
  }

  describe(more?: number): string {
    return REFUSED(this, more);
  }
}
