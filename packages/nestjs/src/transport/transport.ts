import type { Instance } from '../instance/instance.js';

/** Something that is failing now. */
export interface ReceivingFailure {
  /**
   * What fails: ReceiveNotification, DeleteNotification, or a webhook that the application itself
   * refused although its token was right.
   */
  readonly operation: 'receive' | 'delete' | 'webhook';
  /** The code of the error, such as `UNAUTHORIZED`. */
  readonly code: string;
  /** What happened and what to do about it, without tokens. */
  readonly message: string;
  /** When the first failure of the current series happened. */
  readonly since: Date;
  /** When the module or GREEN-API tries again, if that is known. */
  readonly nextAttemptAt: Date | undefined;
}

/** The last answer or webhook from GREEN-API. */
export interface LastAnswer {
  readonly at: Date;
  /**
   * With polling: `notification`, `nothing` (the queue is empty), `deleted`, `already gone`, or the
   * code of an error. With the webhook: always `notification`.
   */
  readonly result: string;
}

/** The state of receiving from one instance. */
export interface ReceivingHealth {
  readonly lastAnswer: LastAnswer | undefined;
  /** Empty if nothing fails. */
  readonly failures: readonly ReceivingFailure[];
  /**
   * Only if several processes share the instance: whether this process polls it. If not, another
   * one does, or will within seconds.
   */
  readonly polledHere?: boolean;
}

/** Receives notifications, from a queue or by HTTP, and passes them to the intake. */
export abstract class Transport {
  /** Starts receiving. */
  abstract start(): Promise<void>;

  /**
   * Stops receiving. Resolves when all notifications that were being handled are settled, or after
   * `timeoutMs` milliseconds. A notification that is not settled by then stays with GREEN-API.
   */
  abstract stop(timeoutMs: number): Promise<void>;

  /**
   * Starts receiving from an instance that was added while the transport runs. Does nothing by
   * default, for a transport that needs no work for each instance.
   */
  add(instance: Instance): Promise<void>;
  async add(): Promise<void> {}

  /** Stops receiving from one instance; resolves as `stop` does. */
  remove(instance: Instance, timeoutMs: number): Promise<void>;
  async remove(): Promise<void> {}

  /** The last answer and the current failures of one instance. Nothing by default. */
  healthOf(instance: Instance): ReceivingHealth;
  healthOf(): ReceivingHealth {
    return { lastAnswer: undefined, failures: [] };
  }
}
