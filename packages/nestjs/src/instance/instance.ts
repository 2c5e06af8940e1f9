import type { GreenApiClient } from '../gateway/green-api.client.js';

/** How notifications arrive: fetched from GREEN-API's queue, or posted by GREEN-API to a route. */
export type TransportName = 'polling' | 'webhook';

/** One GREEN-API account whose notifications this application receives. */
export interface Instance {
  /** The application's own name for it; its `idInstance` unless the options give one. */
  readonly name: string;
  readonly idInstance: string;
  readonly transport: TransportName;
  readonly client: GreenApiClient;
}
