import type { InstanceData } from '../common/shared.payloads.js';
import type { OpenString } from '../common/open-string.type.js';

/** A participant of a call. GREEN-API's sources call the id `id` or `wid`. */
export interface CallParticipant {
  id?: string;
  wid?: string;
  status?: string;
}

/** One call causes several notifications, with the same `idMessage` and a different `status`. */
interface Call {
  instanceData: InstanceData;
  /** UNIX seconds. */
  timestamp: number;
  idMessage: string;
  isVideo?: boolean;
  /** Length of the call in seconds. */
  duration?: number;
  participants?: CallParticipant[];
}

/** GREEN-API: Receiving > Notifications format > IncomingCall */
export interface IncomingCall extends Call {
  typeWebhook: 'incomingCall';
  /** Chat id of the caller. */
  from: string;
  /** Missing in notifications of 2021 to 2023. */
  status?: OpenString<'offer' | 'pickUp' | 'hangUp' | 'missed' | 'declined'>;
}

/** GREEN-API: Receiving > Notifications format > OutgoingCall (beta) */
export interface OutgoingCall extends Call {
  typeWebhook: 'outgoingCall';
  /** Id of the chat in which the call was made. */
  from: string;
  /** `hungUp` here, `hangUp` in incoming calls. */
  status?: OpenString<'pickUp' | 'hungUp' | 'invalid'>;
}
