import type { Instance } from '../instance/instance.js';

/** A way for notifications to arrive. */
export abstract class Transport {
  /** Begins to receive. */
  abstract start(): Promise<void>;

  /**
   * Receives no more; resolves when what was being handled is settled, or after `timeoutMs` at the
   * latest. What is not settled by then stays with GREEN-API.
   */
  abstract stop(timeoutMs: number): Promise<void>;

  /**
   * Receives from one more instance, which came while the transport is started. There is nothing
   * to do for one that serves whatever instances there are.
   */
  async add(_instance: Instance): Promise<void> {}

  /** Receives no more from one instance; resolves as `stop` does. */
  async remove(_instance: Instance, _timeoutMs: number): Promise<void> {}
}
