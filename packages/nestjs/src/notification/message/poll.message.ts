import type { Forwarding } from '../common/shared.payloads.js';
import type { MessageDataBase } from './message-data.base.js';

/** A question with options to choose from. */
export interface Poll extends Forwarding {
  name: string;
  options: { optionName: string }[];
  multipleAnswers?: boolean;
  /** How many options one person may choose. Only on pages of 2023. */
  selectableOptionsCount?: number;
  /** Id of the poll message. */
  stanzaId?: string;
}

/** The votes for one option. */
export interface PollVote {
  optionName: string;
  /** Chat ids of the people who chose the option. One official class has objects instead. */
  optionVoters: (string | { wid: string })[];
}

/** The state of a poll after somebody voted, changed or withdrew a vote. */
export interface PollUpdate extends Forwarding {
  /** Id of the poll message. */
  stanzaId: string;
  name?: string;
  votes: PollVote[];
  multipleAnswers?: boolean;
}

/**
 * A new poll. Pages of 2023 call its payload `pollCreationMessage`.
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
