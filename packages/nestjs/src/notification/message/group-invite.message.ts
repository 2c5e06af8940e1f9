import type { GroupInvite } from './group-invite.payload.js';
import type { MessageDataBase } from './message-data.base.js';

/** GREEN-API: Receiving > Notifications format > Incoming message > GroupInviteMessage */
export interface GroupInviteMessageData extends MessageDataBase<'groupInviteMessage'> {
  groupInviteMessageData: GroupInvite;
}
