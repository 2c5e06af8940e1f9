/** Why a POST does not reach a handler. */
export type RefusalReason =
  | 'address'
  | 'token'
  | 'stopped'
  | 'too-large'
  | 'too-slow'
  | 'cut-off'
  | 'instance'
  | 'token-of-another-instance';

export class Refusal {
  constructor(
    readonly reason: RefusalReason,
    /** Where it came from, if that is known. */
    readonly address: string | undefined,
  ) {}

  get status(): number {
    return STATUS[this.reason];
  }
}

const STATUS: Readonly<Record<RefusalReason, number>> = {
  address: 403,
  token: 401,
  stopped: 503,
  'too-large': 413,
  'too-slow': 408,
  'cut-off': 400,
  instance: 404,
  'token-of-another-instance': 401,
};
