import type { Forwarding } from '../common/forwarding.payload.js';

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
