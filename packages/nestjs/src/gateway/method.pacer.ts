import { pause } from '../common/waits.js';
import { ACCOUNT_CALL_INTERVAL_MS } from './green-api.limits.js';

/**
 * Delays calls of methods that GREEN-API allows once a second. Each method has its own schedule.
 */
export class MethodPacer {
  private readonly freeAtMs = new Map<string, number>();

  constructor(private readonly intervalMs = ACCOUNT_CALL_INTERVAL_MS) {}

  /** Resolves when the method may be called, or at once when `signal` fires. */
  async turn(method: string, signal?: AbortSignal): Promise<void> {
    const now = performance.now();
    const mine = Math.max(now, this.freeAtMs.get(method) ?? now);
    this.freeAtMs.set(method, mine + this.intervalMs);
    await pause(mine - now, signal ?? new AbortController().signal);
  }
}
