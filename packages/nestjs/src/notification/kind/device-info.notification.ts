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
  /** A string in the examples, a boolean in the table. */
  chatId: string | boolean;
  existsWhatsapp?: boolean;
  urlAvatar?: string;
  reason?: string;
}

/**
 * The phone of the account, or, in old notifications under the same `typeWebhook`, the picture of a
 * contact.
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
