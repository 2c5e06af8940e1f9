import type { Base64Jpeg } from '../common/base64-jpeg.type.js';

/** A place, in degrees. */
export interface Location {
  latitude: number;
  longitude: number;
  nameLocation?: string;
  address?: string;
  jpegThumbnail?: Base64Jpeg;
}
