import type { Forwarding } from '../common/shared.payloads.js';
import type { MessageDataBase } from './message-data.base.js';

/** A button of a template: one of the three button objects is there. */
export interface TemplateButton {
  /** An integer in the examples, a string in the tables. */
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
  /** Counted from 0; an integer in the examples, a string in the tables. */
  selectedIndex?: number | string;
  selectedId: string;
  selectedDisplayText: string;
}

/**
 * A message made from a template. WABA's page of sent templates puts it under a second
 * `messageData`.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > TemplateMessage
 */
export interface TemplateMessageData extends MessageDataBase<'templateMessage'> {
  templateMessage?: Template;
  messageData?: Template;
}

/**
 * A tap on a template button or on an interactive reply button. The type is spelt with and without
 * an "s", the payload never has it.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > TemplateButtonsReplyMessage
 */
export interface TemplateButtonsReplyMessageData<
  TypeMessage extends 'templateButtonsReplyMessage' | 'templateButtonReplyMessage' =
    'templateButtonsReplyMessage',
> extends MessageDataBase<TypeMessage> {
  templateButtonReplyMessage: TemplateButtonReply;
}
