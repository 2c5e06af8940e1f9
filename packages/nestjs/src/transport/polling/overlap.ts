import type { SafeLogger } from '../../common/safe.logger.js';
import type { Instance } from '../../instance/instance.js';
import { NO_ANSWER_BEHIND_DELETE, STALE_HEADS } from './polling.messages.js';

const MOST_STALE_IN_A_ROW = 3;
const AFTER_STALE_HEADS_MS = 10 * 60_000;
const AFTER_NO_ANSWER_MS = 60 * 60_000;

/**
 * Decides whether the next GET of an instance may be sent behind its DELETE, before the DELETE is
 * answered. Both then take one round trip instead of two.
 *
 * GREEN-API answers requests of one connection in their order. But a gateway that handles them at
 * the same time may answer the GET with the notification that is just being deleted: a stale head.
 * It is dropped, since it was handled. If it happens several times in a row, overlapping costs more
 * than it saves, so it pauses for ten minutes. And
 * a proxy that does not support pipelining may drop the GET. Then nothing overlaps for an hour.
 */
export class Overlap {
  private staleInARow = 0;
  private resumesAtMs = 0;

  constructor(
    private readonly instance: Instance,
    private readonly logger: SafeLogger,
    private readonly isWanted: boolean,
  ) {}

  get isAllowed(): boolean {
    return this.isWanted && performance.now() >= this.resumesAtMs;
  }

  /** Call for each answer of a GET that was sent behind a DELETE. */
  answered(isStale: boolean): void {
    this.staleInARow = isStale ? this.staleInARow + 1 : 0;
    if (this.staleInARow < MOST_STALE_IN_A_ROW) return;
    this.logger.log(STALE_HEADS(this.instance, this.staleInARow));
    this.staleInARow = 0;
    this.resumesAtMs = performance.now() + AFTER_STALE_HEADS_MS;
  }

  /** Call if a GET that was sent behind a DELETE got no answer in time. */
  unanswered(): void {
    this.logger.warn(NO_ANSWER_BEHIND_DELETE(this.instance));
    this.resumesAtMs = performance.now() + AFTER_NO_ANSWER_MS;
  }
}
