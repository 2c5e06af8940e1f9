import type { InstanceSettings } from '../instance/instance.settings.js';
import type { TypeInstance } from '../notification/type-instance.js';

/** One instance that exists from the start. */
export interface InstanceOptions {
  /** A whole number, as number or string. */
  idInstance: number | string;
  /** Left out, the token of the first request becomes the instance's. */
  apiTokenInstance?: string;
  /** The messenger; `v3` is MAX. @default 'whatsapp' */
  typeInstance?: TypeInstance;
  /** The account's own id in the messenger. @default made from idInstance */
  wid?: string;
  /** Settings that differ from those of a new instance. */
  settings?: Partial<InstanceSettings>;
}
