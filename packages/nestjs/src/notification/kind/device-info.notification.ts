import type { InstanceData } from '../common/shared.payloads.js';

/** The phone of the account. */
export interface DeviceData {
  platform?: string;
  deviceManufacturer?: string;
  deviceModel?: string;
  osVersion?: string;
  waVersion?: string;
  /** Charge in percent. */
  battery?: number;
}

/** The picture of a contact. */
export interface AvatarInfo {
  /** A string in GREEN-API's examples, a boolean in its table. */
  chatId: string | boolean;
  existsWhatsapp?: boolean;
  urlAvatar?: string;
  reason?: string;
}

/**
 * Data of the account's phone. Old notifications with this `typeWebhook` contain the picture of a
 * contact instead.
 *
 * GREEN-API: Receiving > Notifications format > DeviceInfo (archive)
 */
export interface DeviceInfo {
  typeWebhook: 'deviceInfo';
  instanceData: InstanceData;
  /** UNIX seconds. */
  timestamp: number;
  deviceData?: DeviceData;
  avatarInfo?: AvatarInfo;
}
