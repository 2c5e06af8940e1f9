import { Turns } from '../common/turns.js';
import { AlreadyStartedError, ApplicationClosedError } from './module.errors.js';
import type { RunState } from './green-notifications.status.js';

/**
 * Starts, stops, and whatever else changes what is being received: one after the other, however
 * they are called.
 */
export class StartStop {
  private current: RunState = 'stopped';
  private isClosed = false;
  private readonly turns = new Turns();

  constructor(
    private readonly turnOn: () => Promise<void>,
    private readonly turnOff: () => Promise<void>,
  ) {}

  get state(): RunState {
    return this.current;
  }

  /**
   * @throws {AlreadyStartedError} unless it is stopped when its turn comes
   * @throws {ApplicationClosedError}
   */
  start(): Promise<void> {
    return this.turns.take(async () => {
      if (this.isClosed) throw new ApplicationClosedError();
      if (this.current !== 'stopped') throw new AlreadyStartedError();
      this.current = 'starting';
      try {
        await this.turnOn();
        this.current = 'running';
      } catch (error) {
        await this.turnOff().catch(() => undefined);
        this.current = 'stopped';
        throw error;
      }
    });
  }

  /** If it is stopped when its turn comes, nothing happens. */
  stop(): Promise<void> {
    return this.turns.take(async () => {
      if (this.current === 'stopped') return;
      this.current = 'stopping';
      try {
        await this.turnOff();
      } finally {
        this.current = 'stopped';
      }
    });
  }

  /** Stops for good. */
  close(): Promise<void> {
    this.isClosed = true;
    return this.stop();
  }

  /** `work` is told whether it is running. */
  change<T>(work: (isRunning: boolean) => Promise<T>): Promise<T> {
    return this.turns.take(() => work(this.current === 'running'));
  }
}
