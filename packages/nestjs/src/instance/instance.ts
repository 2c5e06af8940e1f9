import type { GreenApiClient } from '../gateway/green-api.client.js';

/** One GREEN-API account whose notifications this application receives. */
export interface Instance {
  /** The application's own name for it; its `idInstance` unless the options give one. */
  readonly name: string;
  readonly idInstance: string;
  readonly client: GreenApiClient;
}
