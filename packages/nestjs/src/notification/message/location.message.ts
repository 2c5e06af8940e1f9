import type { Forwarding } from '../common/forwarding.payload.js';
import type { Location } from './location.payload.js';
import type { MessageDataBase } from './message-data.base.js';

/** GREEN-API: Receiving > Notifications format > Incoming message > LocationMessage */
export interface LocationMessageData extends MessageDataBase<'locationMessage'> {
  locationMessageData: Location & Forwarding;
}
