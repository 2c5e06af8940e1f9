import type { LoggedRefusal } from './refusal.log.js';
import { REFUSED } from '../webhook.messages.js';

/** The reasons to refuse a POST, each with the HTTP status and the text for the log. */
const REFUSALS = {
  'nobody-receives': [
    404,
    'no instance receives by webhook; if GREEN-API sent it, clear webhookUrl in the GREEN-API ' +
      "console, or set transport: 'webhook'",
  ],
  address: [403, 'the address of the sender is not in webhook.allowedAddresses'],
  token: [
    401,
    'its Authorization header is missing or wrong; if GREEN-API sent it, set webhookUrlToken in the ' +
      'GREEN-API console to webhook.token',
  ],
  stopped: [503, 'the application does not receive now; GREEN-API posts it again'],
  'too-large': [413, 'its body is larger than webhook.bodyLimitBytes'],
  'too-slow': [408, 'its body did not arrive within webhook.bodyTimeoutMs'],
  'too-old': [403, 'its timestamp is older than webhook.maxAgeMs'],
  busy: [
    503,
    'the bodies of other webhooks use all the memory that they may; GREEN-API posts it again',
  ],
  crowded: [
    503,
    'too many requests wait on its connection for the answers to earlier ones; GREEN-API never sends ' +
      'them like that',
  ],
  'cut-off': [400, 'the connection ended before the whole body arrived, or before it was parsed'],
  instance: [
    404,
    'its instanceData.idInstance is not an instance that receives by webhook; if it is yours, add it ' +
      'to "instances", or clear webhookUrl in the GREEN-API console',
  ],
  // The status of an instance that does not exist, so that nobody can find out which do.
  'token-of-another-instance': [
    404,
    'its Authorization header does not match the token of the instance in its body',
  ],
} as const satisfies Readonly<Record<string, readonly [status: number, because: string]>>;

export type RefusalReason = keyof typeof REFUSALS;

/** A POST that the gate refused. */
export class Refusal implements LoggedRefusal {
  readonly level = 'warn';
  readonly status: number;
  readonly because: string;

  constructor(
    readonly reason: RefusalReason,
    /** The address of the sender, if it is known. */
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
