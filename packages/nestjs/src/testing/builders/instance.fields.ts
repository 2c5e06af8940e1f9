import type { TypeInstance } from '../../notification/common/instance-data.payload.js';

/** What every builder takes: which instance a notification is from, and when it was sent. */
export interface InstanceFields {
  /** @default 1101000001 */
  readonly idInstance?: number;
  /** @default '79001230000@c.us' */
  readonly wid?: string;
  /** @default 'whatsapp' */
  readonly typeInstance?: TypeInstance;
  /** UNIX seconds. @default now */
  readonly timestamp?: number;
}
