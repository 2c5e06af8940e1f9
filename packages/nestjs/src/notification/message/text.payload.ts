import type { Base64Jpeg } from '../common/base64-jpeg.type.js';
import type { Forwarding } from '../common/forwarding.payload.js';
import type { OpenString } from '../common/open-string.type.js';

/** Fields of a text with a link preview, or of any text that was sent through the API. */
export interface ExtendedText extends Forwarding {
  text: string;
  description?: string;
  title?: string;
  previewType?: OpenString<'None'>;
  jpegThumbnail?: Base64Jpeg;
  /** This and the following fields come with messages that an advertisement led to. */
  containsAutoReply?: boolean;
  mediaType?: string;
  showAdAttribution?: boolean;
  sourceId?: string;
  sourceType?: string;
  sourceUrl?: string;
  thumbnailUrl?: string;
  /** Id of the quoted message, in answers. */
  stanzaId?: string;
  /** Author of the quoted message, in answers. */
  participant?: string;
}
