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

/**
 * Paces one instance while GREEN-API fails: never more than one request a second, one message for
 * each kind of failure instead of one for each request, and one when it is over.
 */
export class GatewayTrouble {
  private failures = 0;
  private lastCode: string | undefined;

  constructor(
    private readonly instance: Instance,
    private readonly logger: SteadyLogger,
  ) {}

  over(): void {
    if (this.failures > 0) this.logger.log(RECOVERED(this.instance));
    this.failures = 0;
    this.lastCode = undefined;
  }

  /** Waits as long as `error` asks for; not at all if `signal` fires, which it also stands for. */
  async sitOut(error: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.failures += 1;
    const delayMs = pauseMs(error, this.failures);
    const code = error instanceof GreenApiError ? error.code : 'UNEXPECTED';
    const message = this.instance.client.redact(TROUBLE(this.instance, error, delayMs));
    if (code === this.lastCode) this.logger.debug(message);
    else this.logger.warn(message);
    this.lastCode = code;
    await pause(delayMs, signal);
  }
}

function pauseMs(error: unknown, failures: number): number {
  if (error instanceof RateLimitedError && error.retryAfterMs !== undefined) {
    return Math.max(SHORTEST_PAUSE_MS, error.retryAfterMs);
  }
  if (error instanceof GreenApiError && error.recovery === 'recheck') return RECHECK_MS;
  return Math.max(SHORTEST_PAUSE_MS, backoffMs(failures, BACKOFF));
}
