import type { MessageDataBase } from './message-data.base.js';
import type { Poll, PollUpdate } from './poll.payload.js';

/**
 * A new poll. The 2023 pages name its payload `pollCreationMessage`.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > PollMessage
 */
export interface PollMessageData extends MessageDataBase<'pollMessage'> {
  pollMessageData?: Poll;
  pollCreationMessage?: Poll;
}

/** GREEN-API: Receiving > Notifications format > Incoming message > PollUpdateMessage */
export interface PollUpdateMessageData extends MessageDataBase<'pollUpdateMessage'> {
  pollMessageData: PollUpdate;
}
