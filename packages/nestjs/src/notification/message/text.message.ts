import type { OpenString } from '../common/open-string.type.js';
import type { Base64Jpeg, Forwarding } from '../common/shared.payloads.js';
import type { MessageDataBase } from './message-data.base.js';

/** Fields of a text with a link preview, or of any text that was sent through the API. */
export interface ExtendedText extends Forwarding {
  text: string;
  description?: string;
  title?: string;
  previewType?: OpenString<'None'>;
  jpegThumbnail?: Base64Jpeg;
  /**
   * The fields from here to `thumbnailUrl` are in messages from people who clicked an
   * advertisement.
   */
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

/** GREEN-API: Receiving > Notifications format > Incoming message > TextMessage */
export interface TextMessageData extends MessageDataBase<'textMessage'> {
  textMessageData: {
    /** The text, or an error marker such as `{{SWE001}}`, for which `textOf` returns undefined. */
    textMessage: string;
    isTemplateMessage?: boolean;
  } & Forwarding;
}

/** GREEN-API: Receiving > Notifications format > Incoming message > ExtendedTextMessage */
export interface ExtendedTextMessageData extends MessageDataBase<'extendedTextMessage'> {
  extendedTextMessageData: ExtendedText;
}

/**
 * A text that answers another message. MAX omits the `quotedMessage` object. `quotedOf` finds the
 * id of the quoted message in both cases.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > QuotedMessage
 */
export interface QuotedMessageData extends MessageDataBase<'quotedMessage'> {
  extendedTextMessageData: ExtendedText;
}

/**
 * A reaction. The emoji is in `extendedTextMessageData.text`, and `quotedMessage` is the message
 * that it reacts to.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > ReactionMessage
 */
export interface ReactionMessageData extends MessageDataBase<'reactionMessage'> {
  extendedTextMessageData: ExtendedText;
}
