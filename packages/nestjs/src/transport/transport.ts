/** A way for notifications to arrive. */
export abstract class Transport {
  /** Begins to receive. */
  abstract start(): Promise<void>;

  /**
   * Receives no more; resolves when what was being handled is settled, or after `timeoutMs` at the
   * latest. What is not settled by then stays with GREEN-API.
   */
  abstract stop(timeoutMs: number): Promise<void>;
}
