import { backoffMs } from '../../common/backoff.js';
import type { Cancellation } from '../../common/cancellation.js';
import type { SafeLogger } from '../../common/safe.logger.js';
import { readThrown } from '../../common/thrown.js';
import {
  GreenApiError,
  GreenApiNetworkError,
  RateLimitedError,
} from '../../gateway/green-api.errors.js';
import type { Instance } from '../../instance/instance.js';
import type { ReceivingFailure } from '../transport.js';
import { RECOVERED, REQUEST_FAILED } from './polling.messages.js';

const BACKOFF = { initialMs: 1000, factor: 2, maxMs: 60_000, jitter: 0.2 };
const SHORTEST_PAUSE_MS = 1000;
const RECHECK_MS = 60_000;
/**
 * A longer Retry-After is cut to this: otherwise the instance would receive nothing for too long.
 */
const LONGEST_RETRY_AFTER_MS = 5 * 60_000;
const NOTICEABLE_PAUSE_MS = 5000;

/**
 * The back-off of one kind of request of one instance. While the request fails, it is sent at most
 * once a second. Only after a first failure because the connection was closed it is sent again at
 * once: some servers close it after each answer. Each kind of failure is logged once, not for each
 * request, and so is the recovery.
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

  /** The current failure, if there is one. */
  get failure(): ReceivingFailure | undefined {
    return this.current;
  }

  /** Resets the back-off after a request that succeeded. */
  over(): void {
    if (this.logged !== undefined) this.logger.log(RECOVERED(this.instance));
    this.failures = 0;
    this.logged = undefined;
    this.current = undefined;
  }

  /** Waits as long as `error` requires, or until `ending` is aborted. */
  async sitOut(error: unknown, ending: Cancellation): Promise<void> {
    if (ending.isAborted) return;
    this.failures += 1;
    const delayMs = pauseMs(error, this.failures);
    this.note(error, delayMs);
    await ending.pause(delayMs);
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

/** Whether the server closed the connection before it answered. */
export function isClosed(error: unknown): boolean {
  return error instanceof GreenApiNetworkError && error.reason === 'closed';
}

export function codeOf(error: unknown): string {
  return error instanceof GreenApiError ? error.code : 'UNEXPECTED';
}

/** A single short failure, such as a keep-alive connection that the server has just closed. */
function isPassing(error: unknown, failures: number, delayMs: number): boolean {
  return (
    failures === 1 &&
    delayMs < NOTICEABLE_PAUSE_MS &&
    error instanceof GreenApiError &&
    error.recovery === 'backoff'
  );
}

function pauseMs(error: unknown, failures: number): number {
  if (isClosed(error) && failures === 1) return 0;
  if (error instanceof RateLimitedError && error.retryAfterMs !== undefined) {
    return Math.min(Math.max(SHORTEST_PAUSE_MS, error.retryAfterMs), LONGEST_RETRY_AFTER_MS);
  }
  if (error instanceof GreenApiError && error.recovery === 'recheck') return RECHECK_MS;
  return Math.max(SHORTEST_PAUSE_MS, backoffMs(failures, BACKOFF));
}
