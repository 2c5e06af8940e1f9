import type { Forwarding } from '../common/forwarding.payload.js';
import type { MessageDataBase } from './message-data.base.js';
import type { ExtendedText } from './text.payload.js';

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
