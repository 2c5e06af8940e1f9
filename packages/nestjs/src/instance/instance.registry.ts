import { Agent, type Dispatcher } from 'undici';

import { GreenNotificationsError } from '../common/green-notifications.error.js';
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

/** The instances of this application. They share one pool of connections. */
export class InstanceRegistry {
  private readonly byId = new Map<string, Instance>();

  readonly #agent: Dispatcher;

  constructor(agent: Dispatcher = new Agent()) {
    this.#agent = agent;
  }

  /** @throws {DuplicateInstanceError} if the name or the `idInstance` is taken */
  add(options: InstanceToAdd): Instance {
    const { name = options.idInstance, transport, ...credentials } = options;
    const taken = this.all().find(
      (instance) => instance.name === name || instance.idInstance === options.idInstance,
    );
    if (taken) throw new DuplicateInstanceError(taken);
    const instance = {
      name,
      idInstance: options.idInstance,
      transport,
      client: new GreenApiClient(credentials, this.#agent),
    };
    this.byId.set(instance.idInstance, instance);
    return instance;
  }

  remove(instance: Instance): void {
    this.byId.delete(instance.idInstance);
  }

  find(idInstance: string): Instance | undefined {
    return this.byId.get(idInstance);
  }

  all(): readonly Instance[] {
    return [...this.byId.values()];
  }

  receivingBy(transport: TransportName): readonly Instance[] {
    return this.all().filter((instance) => instance.transport === transport);
  }

  /** Closes all connections. Calls that are still in progress fail. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}
