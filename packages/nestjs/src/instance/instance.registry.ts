import { GreenNotificationsError } from '../common/green-notifications.error.js';
import { type Connections, networkConnections } from '../gateway/connections.js';
import { GreenApiClient } from '../gateway/green-api.client.js';
import type { InstanceCredentials } from '../gateway/green-api.types.js';
import type { Instance, TransportName } from './instance.js';

/** An `idInstance` or an instance name is used twice. */
export class DuplicateInstanceError extends GreenNotificationsError {
  readonly code = 'DUPLICATE_INSTANCE';

  constructor(taken: Instance) {
    super(
      `Instance ${taken.idInstance} (name "${taken.name}") exists already; ` +
        'add each instance only once, and give each a different name',
    );
  }
}

export interface InstanceToAdd extends InstanceCredentials {
  /** Default: the `idInstance`. */
  readonly name?: string | undefined;
  readonly transport: TransportName;
}

/** The instances of this application. They share a pool of connections. */
export class InstanceRegistry {
  private readonly byId = new Map<string, Instance>();
  private readonly byName = new Map<string, Instance>();
  /** What `receivingBy` returned: each webhook asks for it. Empty after a change. */
  private readonly byTransport = new Map<TransportName, readonly Instance[]>();

  readonly #connections: Connections;

  constructor(connections = networkConnections()) {
    this.#connections = connections;
  }

  /** @throws {DuplicateInstanceError} if the name or the `idInstance` is taken */
  add(options: InstanceToAdd): Instance {
    const { name = options.idInstance, transport, ...credentials } = options;
    const taken = this.byId.get(options.idInstance) ?? this.byName.get(name);
    if (taken) throw new DuplicateInstanceError(taken);
    const instance = {
      name,
      idInstance: options.idInstance,
      transport,
      client: new GreenApiClient(credentials, this.#connections),
    };
    this.byId.set(instance.idInstance, instance);
    this.byName.set(name, instance);
    this.byTransport.clear();
    return instance;
  }

  remove(instance: Instance): void {
    this.byId.delete(instance.idInstance);
    this.byName.delete(instance.name);
    this.byTransport.clear();
  }

  find(idInstance: string): Instance | undefined {
    return this.byId.get(idInstance);
  }

  all(): readonly Instance[] {
    return [...this.byId.values()];
  }

  receivingBy(transport: TransportName): readonly Instance[] {
    const known = this.byTransport.get(transport);
    if (known) return known;
    const receiving = this.all().filter((instance) => instance.transport === transport);
    this.byTransport.set(transport, receiving);
    return receiving;
  }

  /** Closes the shared connections. Calls that are still in progress fail. */
  async close(): Promise<void> {
    await this.#connections.shared.destroy();
    for (const { client } of this.all()) client.close();
  }
}
