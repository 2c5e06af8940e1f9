import { AlreadyStartedError } from './already-started.error.js';
import type { RunState } from './green-notifications.status.js';

/** Starting and stopping that happen one after the other, however they are called. */
export class RunSwitch {
  private current: RunState = 'stopped';
  private starting: Promise<void> | undefined;
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly turnOn: () => Promise<void>,
    private readonly turnOff: () => Promise<void>,
  ) {}

  get state(): RunState {
    return this.current;
  }

  /** @throws {AlreadyStartedError} unless it is stopped, or being stopped */
  async start(): Promise<void> {
    await this.stopping?.catch(() => undefined);
    if (this.current !== 'stopped') throw new AlreadyStartedError();
    this.current = 'starting';
    this.starting = this.run();
    await this.starting;
  }

  /** Resolves when it is stopped; called again, it waits for the same end. */
  async stop(): Promise<void> {
    this.stopping ??= this.end().finally(() => (this.stopping = undefined));
    await this.stopping;
  }

  private async run(): Promise<void> {
    try {
      await this.turnOn();
      this.current = 'running';
    } catch (error) {
      await this.turnOff().catch(() => undefined);
      this.current = 'stopped';
      throw error;
    } finally {
      this.starting = undefined;
    }
  }

  private async end(): Promise<void> {
    if (this.starting) await this.starting.catch(() => undefined);
    if (this.current === 'stopped') return;
    this.current = 'stopping';
    try {
      await this.turnOff();
    } finally {
      this.current = 'stopped';
    }
  }
}
