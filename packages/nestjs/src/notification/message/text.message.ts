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

/** GREEN-API: Receiving > Notifications format > Incoming message > TextMessage */
export interface TextMessageData extends MessageDataBase<'textMessage'> {
  textMessageData: {
    /** The text, or an error marker such as `{{SWE001}}`; `textOf` tells them apart. */
    textMessage: string;
    isTemplateMessage?: boolean;
  } & Forwarding;
}

/** GREEN-API: Receiving > Notifications format > Incoming message > ExtendedTextMessage */
export interface ExtendedTextMessageData extends MessageDataBase<'extendedTextMessage'> {
  extendedTextMessageData: ExtendedText;
}

/**
 * A text that answers another message. MAX omits the `quotedMessage` object: `quotedOf` finds the
 * quoted id either way.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > QuotedMessage
 */
export interface QuotedMessageData extends MessageDataBase<'quotedMessage'> {
  extendedTextMessageData: ExtendedText;
}

/**
 * A reaction: the emoji stands where an extended text has its text, and `quotedMessage` names the
 * message reacted to.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > ReactionMessage
 */
export interface ReactionMessageData extends MessageDataBase<'reactionMessage'> {
  extendedTextMessageData: ExtendedText;
}
