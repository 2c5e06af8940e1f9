import type { InstanceOptions } from '../options/emulator.options.js';
import type { ResolvedOptions } from '../options/resolved.options.js';
import { EmulatedInstance } from './emulated.instance.js';
import type { OpenPushChannel } from './push.channel.js';

/** The instances of an emulator: a fixed set, or any instance that a request names. */
export class InstanceRegistry {
  private readonly instances = new Map<string, EmulatedInstance>();

  constructor(
    private readonly options: ResolvedOptions,
    private readonly openPush: OpenPushChannel<EmulatedInstance>,
  ) {
    for (const instance of options.instances ?? []) this.add(instance);
  }

  get all(): readonly EmulatedInstance[] {
    return [...this.instances.values()];
  }

  add(instance: InstanceOptions): EmulatedInstance {
    const id = String(instance.idInstance);
    if (!/^\d+$/.test(id)) throw new TypeError(`idInstance ${id} is not a whole number`);
    if (this.instances.has(id)) throw new Error(`Instance ${id} already exists`);
    const { newInstances } = this.options;
    const settings = { ...newInstances.settings, ...instance.settings };
    const added = new EmulatedInstance(
      { ...newInstances, ...instance, settings },
      this.options,
      this.openPush,
    );
    this.instances.set(id, added);
    return added;
  }

  /** Returns the instance. Creates it if the set is not fixed. */
  find(idInstance: string): EmulatedInstance | undefined {
    const found = this.instances.get(idInstance);
    if (found || this.options.instances || !/^\d+$/.test(idInstance)) return found;
    return this.add({ idInstance });
  }

  /**
   * Returns the instance if the token is valid. If it has no token yet, this one becomes its token.
   */
  admit(idInstance: string, token: string): EmulatedInstance | 'unknown' | 'wrong-token' {
    const instance = this.find(idInstance);
    if (!instance) return 'unknown';
    return instance.accepts(token) ? instance : 'wrong-token';
  }

  async remove(idInstance: string): Promise<void> {
    const instance = this.instances.get(idInstance);
    this.instances.delete(idInstance);
    await instance?.close();
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((instance) => instance.close()));
  }
}
