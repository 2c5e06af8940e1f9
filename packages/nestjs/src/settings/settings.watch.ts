import type { Instance } from '../instance/instance.js';
import type { SettingsKeeper } from './settings.keeper.js';

interface Watched {
  readonly stopping: AbortController;
  readonly work: Promise<void>;
}

/**
 * Runs the option `settings`: checks or changes the settings of each instance while the module
 * receives.
 */
export class SettingsWatch {
  private readonly watched = new Map<Instance, Watched>();

  constructor(
    private readonly mode: 'check' | 'apply' | undefined,
    private readonly instances: () => readonly Instance[],
    private readonly keeperOf: (instance: Instance) => SettingsKeeper,
  ) {}

  /**
   * Starts the work and returns at once. It neither delays the start of receiving nor makes it
   * fail.
   */
  start(): void {
    for (const instance of this.instances()) this.add(instance);
  }

  /** Does the same for one instance that is added later. */
  add(instance: Instance): void {
    const { mode } = this;
    if (mode === undefined || this.watched.has(instance)) return;
    const stopping = new AbortController();
    const keeper = this.keeperOf(instance);
    const work = mode === 'check' ? keeper.check(stopping.signal) : keeper.apply(stopping.signal);
    this.watched.set(instance, { stopping, work });
  }

  async remove(instance: Instance): Promise<void> {
    const watched = this.watched.get(instance);
    this.watched.delete(instance);
    watched?.stopping.abort();
    await watched?.work;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.watched.keys()].map((instance) => this.remove(instance)));
  }
}
