import type { OpenString } from '../common/open-string.type.js';
import type { Forwarding } from '../common/shared.payloads.js';
import type { MessageDataBase } from './message-data.base.js';
import type { TemplateButtonReply } from './template.message.js';

/** A button of an interactive message. */
export interface InteractiveButton {
  type?: OpenString<'copy' | 'call' | 'url' | 'reply'>;
  buttonId: string;
  buttonText: string;
  copyCode?: string;
  phoneNumber?: string;
  url?: string;
}

/**
 * A text with interactive buttons. For the reply variant, GREEN-API's tables call the texts
 * `header`, `body` and `footer`.
 */
export interface InteractiveButtons extends Forwarding {
  titleText?: string;
  contentText?: string;
  footerText?: string;
  header?: string;
  body?: string;
  footer?: string;
  buttons?: InteractiveButton[];
}

/** GREEN-API: Receiving > Notifications format > Incoming message > InteractiveButtons (beta) */
export interface InteractiveButtonsData extends MessageDataBase<'interactiveButtons'> {
  interactiveButtons: InteractiveButtons;
}

/**
 * Interactive buttons for a reply by tap. GREEN-API's sources show three payloads: one of its own,
 * that of `interactiveButtons`, and that of a tapped button.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > InteractiveButtonsReply (beta)
 */
export interface InteractiveButtonsReplyData extends MessageDataBase<'interactiveButtonsReply'> {
  interactiveButtonsReply?: InteractiveButtons;
  interactiveButtons?: InteractiveButtons;
  templateButtonReplyMessage?: TemplateButtonReply;
}

/**
 * The user of the account tapped a reply button on the phone.
 *
 * GREEN-API: Receiving > Notifications format > Outgoing message > InteractiveButtonsResponse
 * (beta)
 */
export interface InteractiveButtonsResponseData extends MessageDataBase<'interactiveButtonsResponse'> {
  interactiveButtonsResponse: TemplateButtonReply;
}
