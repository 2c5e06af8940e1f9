import type { FaultRegistry } from './faults/fault.registry.js';
import type { EmulatorServer } from './http/emulator.server.js';
import type { EmulatedInstance } from './instance/emulated.instance.js';
import type { InstanceRegistry } from './instance/instance.registry.js';
import type { RequestLog } from './ledger/request.log.js';
import type { InstanceOptions } from './options/emulator.options.js';

interface EmulatorParts {
  readonly url: string;
  readonly server: EmulatorServer;
  readonly registry: InstanceRegistry;
  readonly faults: FaultRegistry;
  readonly requests: RequestLog;
}

/** A running emulator: an imitation of GREEN-API on a local port. */
export class Emulator {
  /** The base URL, without a trailing slash. Use it as the `apiUrl` of every instance. */
  readonly url: string;
  /** The planned faults of requests and pushes. */
  readonly faults: FaultRegistry;
  /**
   * Every HTTP request, including those to unknown instances. A request that is refused because of
   * its `Host`, origin or size is missing.
   */
  readonly requests: RequestLog;
  private closed: Promise<void> | undefined;

  /** @internal */
  constructor(private readonly parts: EmulatorParts) {
    this.url = parts.url;
    this.faults = parts.faults;
    this.requests = parts.requests;
  }

  get instances(): readonly EmulatedInstance[] {
    return this.parts.registry.all;
  }

  /**
   * Returns an instance. Without the option `instances`, a new instance is created if needed.
   * @throws Error if the option `instances` was given and has no such instance, or if `idInstance`
   * is not a whole number
   */
  instance(idInstance: number | string): EmulatedInstance {
    const found = this.parts.registry.find(String(idInstance));
    if (found) return found;
    const known = this.instances.map((instance) => instance.idInstance).join(', ') || 'none';
    throw new Error(`No instance ${idInstance} in this emulator (it has: ${known})`);
  }

  /** Adds an instance while the emulator runs. */
  addInstance(instance: InstanceOptions): EmulatedInstance {
    return this.parts.registry.add(instance);
  }

  /**
   * Removes an instance. If the option `instances` was given, its URL is answered 403 from then on.
   */
  removeInstance(idInstance: number | string): Promise<void> {
    return this.parts.registry.remove(String(idInstance));
  }

  /**
   * Ends waiting polls and pushes, destroys sockets, cancels timers. Can be called more than once.
   */
  close(): Promise<void> {
    this.closed ??= this.shutDown();
    return this.closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private async shutDown(): Promise<void> {
    await Promise.all([this.parts.server.close(), this.parts.registry.close()]);
  }
}
