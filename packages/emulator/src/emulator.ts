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

/** A running emulator: GREEN-API on a local port. */
export class Emulator {
  /** Base URL: the `apiUrl` of every instance, without a trailing slash. */
  readonly url: string;
  /** Makes requests and pushes go wrong. */
  readonly faults: FaultRegistry;
  /** Every HTTP request, those to unknown instances included. */
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
   * One instance. Unless `instances` was given, it is made if it does not exist yet.
   * @throws Error if the set of instances is fixed and has no such instance
   */
  instance(idInstance: number | string): EmulatedInstance {
    const found = this.parts.registry.find(String(idInstance));
    if (found) return found;
    const known = this.instances.map((instance) => instance.idInstance).join(', ') || 'none';
    throw new Error(`No instance ${idInstance} in this emulator (it has: ${known})`);
  }

  /** Adds an instance while running. */
  addInstance(instance: InstanceOptions): EmulatedInstance {
    return this.parts.registry.add(instance);
  }

  /** Removes an instance: with a fixed set its URL is answered 403 from then on. */
  removeInstance(idInstance: number | string): Promise<void> {
    return this.parts.registry.remove(String(idInstance));
  }

  /** Ends parked polls and pushes, destroys sockets, cancels timers. May be called twice. */
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
