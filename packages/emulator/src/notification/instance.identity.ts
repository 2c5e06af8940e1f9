import type { TypeInstance } from './type-instance.js';

/** What a notification says about the instance it comes from. */
export interface InstanceIdentity {
  readonly idInstance: string;
  readonly wid: string;
  readonly typeInstance: TypeInstance;
}
