import type { Instance } from '../instance/instance.js';

/** Something about receiving that keeps failing. */
export interface ReceivingFailure {
  readonly operation: 'receive' | 'delete' | 'webhook';
  /** Such as `UNAUTHORIZED`; the code of the error. */
  readonly code: string;
  /** What happened and what to do about it, without tokens. */
  readonly message: string;
  readonly since: Date;
  /** Undefined if that is up to GREEN-API. */
  readonly nextAttemptAt: Date | undefined;
}

/** What was last heard of GREEN-API. */
export interface LastAnswer {
  readonly at: Date;
  /**
   * `notification`, `nothing` (the queue is empty), `deleted`, `already gone`, or the code of the
   * error that the answer stood for. By webhook it is `notification`, for the last one posted.
   */
  readonly result: string;
}

/** How receiving from one instance is doing. */
export interface ReceivingHealth {
  readonly lastAnswer: LastAnswer | undefined;
  /** Empty if all is well. */
  readonly failures: readonly ReceivingFailure[];
}

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

  healthOf(_instance: Instance): ReceivingHealth {
    return { lastAnswer: undefined, failures: [] };
  }
}
