import type { Instance } from './instance.js';

/** The pollers of this process. */
export interface Pollers {
  /** Starts to poll these instances. */
  open(instances: readonly Instance[]): Promise<void>;
  /**
   * Stops to poll one. Resolves when its notification is settled, or after `timeoutMs`: nothing is
   * received or deleted after that.
   */
  close(instance: Instance, timeoutMs: number): Promise<void>;
  /** Stops to poll these at once, because another process may do so by now. */
  abandon(instances: readonly Instance[]): void;
}

/**
 * Shares the polled instances of several processes, so that one process at a time polls each. It
 * tells each process which of them to poll.
 */
export interface PollerShare {
  /**
   * Begins to take instances. Resolves when this process polls its first share of them, or when the
   * first attempt to take them has failed. Then it goes on trying.
   */
  start(instances: readonly Instance[], pollers: Pollers): Promise<void>;

  /** Shares one more. */
  add(instance: Instance): void;

  /** Shares one less. Resolves when this process no longer polls it. */
  remove(instance: Instance, timeoutMs: number): Promise<void>;

  /** Closes all pollers, and leaves each instance to others as soon as its poller is closed. */
  stop(timeoutMs: number): Promise<void>;

  /** Whether this process polls the instance and may go on: no other process can have taken it. */
  holds(instance: Instance): boolean;
}
