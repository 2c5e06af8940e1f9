import type { Base64Jpeg } from '../common/base64-jpeg.type.js';
import type { Forwarding } from '../common/forwarding.payload.js';
import type { MessageDataBase } from './message-data-base.payload.js';

/** A place, in degrees. */
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
