import type { Instance } from '../instance/instance.js';
import type { SettingsKeeper } from './settings.keeper.js';

interface Watched {
  readonly stopping: AbortController;
  readonly work: Promise<void>;
}

/** Looks after the settings of all instances while notifications are received, if it is asked to. */
export class SettingsWatch {
  private readonly watched = new Map<Instance, Watched>();

  constructor(
    private readonly mode: 'check' | 'apply' | undefined,
    private readonly instances: () => readonly Instance[],
    private readonly keeperOf: (instance: Instance) => SettingsKeeper,
  ) {}

  /** Returns at once: what becomes of the settings neither delays the start nor makes it fail. */
  start(): void {
    for (const instance of this.instances()) this.add(instance);
  }

  /** The same for an instance that came later. */
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
