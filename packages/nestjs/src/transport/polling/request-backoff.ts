import { backoffMs } from '../../common/backoff.js';
import { pause } from '../../common/waits.js';
import type { SafeLogger } from '../../common/safe.logger.js';
import { readThrown } from '../../common/thrown.js';
import { GreenApiError, RateLimitedError } from '../../gateway/green-api.errors.js';
import type { Instance } from '../../instance/instance.js';
import type { ReceivingFailure } from '../transport.js';
import { RECOVERED, REQUEST_FAILED } from './polling.messages.js';

const BACKOFF = { initialMs: 1000, factor: 2, maxMs: 60_000, jitter: 0.2 };
const SHORTEST_PAUSE_MS = 1000;
const RECHECK_MS = 60_000;
/** A longer Retry-After is not believed: it would leave the instance unattended. */
const LONGEST_RETRY_AFTER_MS = 5 * 60_000;
const NOTICEABLE_PAUSE_MS = 5000;

/**
 * Paces one kind of request of one instance while it fails: never more than one a second, one log
 * message for each kind of failure instead of one for each request, and one when it is over.
 */
export class RequestBackoff {
  private failures = 0;
  private logged: string | undefined;
  private current: ReceivingFailure | undefined;

  constructor(
    private readonly operation: ReceivingFailure['operation'],
    private readonly instance: Instance,
    private readonly logger: SafeLogger,
  ) {}

  /** What fails now, if anything does. */
  get failure(): ReceivingFailure | undefined {
    return this.current;
  }

  over(): void {
    if (this.logged !== undefined) this.logger.log(RECOVERED(this.instance));
    this.failures = 0;
    this.logged = undefined;
    this.current = undefined;
  }

  /** Waits as long as `error` asks for, or until `signal` fires. */
  async sitOut(error: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.failures += 1;
    const delayMs = pauseMs(error, this.failures);
    this.note(error, delayMs);
    await pause(delayMs, signal);
  }

  private note(error: unknown, delayMs: number): void {
    const { operation, instance, current } = this;
    const code = codeOf(error);
    this.current = {
      operation,
      code,
      message: instance.client.redact(readThrown(error).message),
      since: current?.since ?? new Date(),
      nextAttemptAt: new Date(Date.now() + delayMs),
    };
    const text = instance.client.redact(REQUEST_FAILED(instance, error, delayMs));
    if (code === this.logged || isPassing(error, this.failures, delayMs)) {
      this.logger.debug(text);
      return;
    }
    this.logger.warn(text);
    this.logged = code;
  }
}

export function codeOf(error: unknown): string {
  return error instanceof GreenApiError ? error.code : 'UNEXPECTED';
}

/** A single failure that mends itself, such as a kept-alive connection that the server just closed. */
function isPassing(error: unknown, failures: number, delayMs: number): boolean {
  return (
    failures === 1 &&
    delayMs < NOTICEABLE_PAUSE_MS &&
    error instanceof GreenApiError &&
    error.recovery === 'backoff'
  );
}

function pauseMs(error: unknown, failures: number): number {
  if (error instanceof RateLimitedError && error.retryAfterMs !== undefined) {
    return Math.min(Math.max(SHORTEST_PAUSE_MS, error.retryAfterMs), LONGEST_RETRY_AFTER_MS);
  }
  if (error instanceof GreenApiError && error.recovery === 'recheck') return RECHECK_MS;
  return Math.max(SHORTEST_PAUSE_MS, backoffMs(failures, BACKOFF));
}
