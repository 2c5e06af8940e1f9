import type { Base64Jpeg, Forwarding } from '../common/shared.payloads.js';
import type { MessageDataBase } from './message-data.base.js';

/** A place. Latitude and longitude are in degrees. */
export interface Location {
  latitude: number;
  longitude: number;
  nameLocation?: string;
  address?: string;
  jpegThumbnail?: Base64Jpeg;
}

/** GREEN-API: Receiving > Notifications format > Incoming message > LocationMessage */
export interface LocationMessageData extends MessageDataBase<'locationMessage'> {
  locationMessageData: Location & Forwarding;
}
