import type { SettingsKeeper } from './settings.keeper.js';

/** Looks after the settings of all instances, while the application runs, if it is asked to. */
export class SettingsWatch {
  private stopping: AbortController | undefined;
  private work: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly mode: 'check' | 'apply' | undefined,
    private readonly keepers: () => readonly SettingsKeeper[],
  ) {}

  /** Returns at once: what becomes of the settings neither delays the start nor makes it fail. */
  start(): void {
    const { mode } = this;
    if (mode === undefined || this.stopping) return;
    this.stopping = new AbortController();
    const { signal } = this.stopping;
    this.work = Promise.all(
      this.keepers().map((keeper) =>
        mode === 'check' ? keeper.check(signal) : keeper.apply(signal),
      ),
    );
  }

  async stop(): Promise<void> {
    this.stopping?.abort();
    this.stopping = undefined;
    await this.work;
  }
}
