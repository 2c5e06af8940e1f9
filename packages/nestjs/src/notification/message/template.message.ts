import type { Forwarding } from '../common/shared.payloads.js';
import type { MessageDataBase } from './message-data.base.js';

/** A button of a template. It has one of the three button objects. */
export interface TemplateButton {
  /** An integer in GREEN-API's examples, a string in its tables. */
  index?: number | string;
  urlButton?: { displayText: string; url?: string };
  callButton?: { displayText: string; phoneNumber?: string };
  quickReplyButton?: { displayText: string; id?: string };
}

/** A filled-in template. WhatsApp and WABA name some fields differently. */
export interface Template extends Forwarding {
  contentText?: string;
  footer?: string;
  buttons?: TemplateButton[];
  namespace?: string;
  elementName?: string;
  /** WABA. */
  titleText?: string;
  /** WABA. */
  footerText?: string;
  /** WABA. */
  mediaUrl?: string;
  /** WABA, sent through the API. */
  templateId?: string;
  /** WABA, sent through the API: the values put into the template. */
  params?: string[];
}

/** A tap on a button of an earlier message. */
export interface TemplateButtonReply {
  /** Id of the message with the buttons. */
  stanzaId: string;
  /** Counts from 0. An integer in GREEN-API's examples, a string in its tables. */
  selectedIndex?: number | string;
  selectedId: string;
  selectedDisplayText: string;
}

/**
 * A message made from a template. On the page about templates sent with WABA, the template is in a
 * second, nested `messageData`.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > TemplateMessage
 */
export interface TemplateMessageData extends MessageDataBase<'templateMessage'> {
  templateMessage?: Template;
  messageData?: Template;
}

/**
 * A tap on a template button or on an interactive reply button. GREEN-API spells the type with and
 * without an "s". The name of the payload never has the "s".
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > TemplateButtonsReplyMessage
 */
export interface TemplateButtonsReplyMessageData<
  TypeMessage extends 'templateButtonsReplyMessage' | 'templateButtonReplyMessage' =
    'templateButtonsReplyMessage',
> extends MessageDataBase<TypeMessage> {
  templateButtonReplyMessage: TemplateButtonReply;
}
