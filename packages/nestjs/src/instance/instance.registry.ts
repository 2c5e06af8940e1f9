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

/** There is no instance with this name, or without a name not exactly one. */
export class InstanceNotFoundError extends GreenNotificationsError {
  readonly code = 'INSTANCE_NOT_FOUND';

  /** @param asker the code that asked, such as `GreenNotifications.instance()` */
  constructor(asker: string, name: string | undefined, known: readonly string[]) {
    const names = known.map((one) => `"${one}"`).join(', ');
    const toAdd = 'add it to the option instances, or with addInstance() before it is used';
    const several = `there are several instances, and no name was given; give one of ${names}`;
    const missing = `there is no instance${name === undefined ? '' : ` "${name}"`}; `;
    const other = known.length === 0 ? '' : `give one of ${names}, or `;
    const isMissing = name !== undefined || known.length === 0;
    super(`${asker}: ${isMissing ? `${missing}${other}${toAdd}` : several}`);
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

  /**
   * The instance with this name; without a name, the only one.
   *
   * @param asker the code that asks, for the error
   * @throws {InstanceNotFoundError}
   */
  named(name: string | undefined, asker: string): Instance {
    const only = this.byName.size === 1 ? this.all()[0] : undefined;
    const found = name === undefined ? only : this.byName.get(name);
    if (!found) throw new InstanceNotFoundError(asker, name, [...this.byName.keys()]);
    return found;
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
    const { shared, downloads } = this.#connections;
    await Promise.all([shared.destroy(), downloads.destroy()]);
    for (const { client } of this.all()) client.close();
  }
}
