import type { Base64Jpeg } from '../common/base64-jpeg.type.js';
import type { Forwarding } from '../common/forwarding.payload.js';

/** Fields of an attached file. */
export interface FileData extends Forwarding {
  /**
   * Where to fetch the file; empty, or `{{SWE002}}` when it is larger than 100 MB. `fileOf` tells
   * them apart.
   */
  downloadUrl: string;
  caption?: string;
  /** Reliable for documents only. */
  fileName?: string;
  mimeType?: string;
  jpegThumbnail?: Base64Jpeg;
  isAnimated?: boolean;
  /** Videos only: a round video note. */
  videoNote?: boolean;
}
