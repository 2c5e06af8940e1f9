import { backoffMs } from '../../common/backoff.js';
import { pause } from '../../common/pause.js';
import type { SteadyLogger } from '../../common/steady.logger.js';
import { GreenApiError } from '../../gateway/errors/green-api.error.js';
import { RateLimitedError } from '../../gateway/errors/rate-limited.error.js';
import type { Instance } from '../../instance/instance.js';
import { RECOVERED, TROUBLE } from './polling.messages.js';

const BACKOFF = { initialMs: 1000, factor: 2, maxMs: 60_000, jitter: 0.2 };
const SHORTEST_PAUSE_MS = 1000;
const RECHECK_MS = 60_000;
/** A longer Retry-After is not believed: it would leave the instance unattended. */
const LONGEST_RETRY_AFTER_MS = 5 * 60_000;
const NOTICEABLE_PAUSE_MS = 5000;

/**
 * Paces one instance while GREEN-API fails: never more than one request a second, one message for
 * each kind of failure instead of one for each request, and one when it is over.
 */
export class GatewayTrouble {
  private failures = 0;
  private reported: string | undefined;

  constructor(
    private readonly instance: Instance,
    private readonly logger: SteadyLogger,
  ) {}

  over(): void {
    if (this.reported !== undefined) this.logger.log(RECOVERED(this.instance));
    this.failures = 0;
    this.reported = undefined;
  }

  /** Waits as long as `error` asks for, or until `signal` fires. */
  async sitOut(error: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.failures += 1;
    const delayMs = pauseMs(error, this.failures);
    this.report(error, delayMs);
    await pause(delayMs, signal);
  }

  private report(error: unknown, delayMs: number): void {
    const code = error instanceof GreenApiError ? error.code : 'UNEXPECTED';
    const message = this.instance.client.redact(TROUBLE(this.instance, error, delayMs));
    if (code === this.reported || isPassing(error, this.failures, delayMs)) {
      this.logger.debug(message);
      return;
    }
    this.logger.warn(message);
    this.reported = code;
  }
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
