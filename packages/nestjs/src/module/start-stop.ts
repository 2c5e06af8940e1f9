import { Turns } from '../common/turns.js';
import { AlreadyStartedError, ApplicationClosedError } from './module.errors.js';
import type { RunState } from './green-notifications.status.js';

/**
 * Runs starts, stops and other changes one after the other, even if they are called at the same
 * time.
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
   * Starts when its turn comes.
   *
   * @throws {AlreadyStartedError} if it is already started then
   * @throws {ApplicationClosedError} if `close` was called
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

  /** Stops when its turn comes. Does nothing if it is already stopped then. */
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

  /** Stops, and refuses every later start. */
  close(): Promise<void> {
    this.isClosed = true;
    return this.stop();
  }

  /** Runs `work` when its turn comes, and passes whether receiving is running. */
  change<T>(work: (isRunning: boolean) => Promise<T>): Promise<T> {
    return this.turns.take(() => work(this.current === 'running'));
  }
}
