import type { Base64Jpeg, Forwarding } from '../common/shared.payloads.js';
import type { MessageDataBase } from './message-data.base.js';

/** A 64-bit integer in two halves. */
export interface LongInteger {
  low: number;
  high: number;
  unsigned: boolean;
}

/** An invitation into a group. */
export interface GroupInvite extends Forwarding {
  groupJid: string;
  inviteCode: string;
  /**
   * When the invitation expires, in UNIX seconds: a number, a string, or an object with the seconds
   * in `low`.
   */
  inviteExpiration?: LongInteger | string | number;
  groupName: string;
  /** Only on pages of 2023. */
  name?: string;
  caption?: string;
  jpegThumbnail?: Base64Jpeg;
}

/** GREEN-API: Receiving > Notifications format > Incoming message > GroupInviteMessage */
export interface GroupInviteMessageData extends MessageDataBase<'groupInviteMessage'> {
  groupInviteMessageData: GroupInvite;
}
