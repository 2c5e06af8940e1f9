import type { GreenApiClient } from '../gateway/green-api.client.js';

/**
 * How notifications arrive. `polling`: the module fetches them from GREEN-API's queue. `webhook`:
 * GREEN-API posts them to a route of the application.
 */
export type TransportName = 'polling' | 'webhook';

/** Names an instance in log lines. */
export function labelOf({ name, idInstance }: Pick<Instance, 'name' | 'idInstance'>): string {
  return name === idInstance ? `instance ${idInstance}` : `instance "${name}" (${idInstance})`;
}

/** One GREEN-API account whose notifications this application receives. */
export interface Instance {
  /** The name that the application gave it. Default: its `idInstance`. */
  readonly name: string;
  readonly idInstance: string;
  readonly transport: TransportName;
  readonly client: GreenApiClient;
}
