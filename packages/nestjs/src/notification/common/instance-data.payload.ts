import type { OpenString } from './open-string.type.js';

/**
 * The messenger an instance is connected to, in GREEN-API's words: `v3` is MAX; WABA instances say
 * `whatsapp`.
 */
export type TypeInstance = OpenString<'whatsapp' | 'telegram' | 'v3'>;

/**
 * The instance a notification belongs to; part of every notification.
 *
 * GREEN-API: Receiving > Notifications format > instanceData
 */
export interface InstanceData {
  /** Number of the instance. Compare it as the decimal string that `idInstanceOf` gives. */
  idInstance: number;
  /**
   * Account of the instance, `<phone>@c.us` on WhatsApp; empty while the instance is not
   * authorised.
   */
  wid: string;
  typeInstance: TypeInstance;
}
