import type { InteractiveButtons } from './interactive.payload.js';
import type { MessageDataBase } from './message-data.base.js';
import type { TemplateButtonReply } from './template.payload.js';

/** GREEN-API: Receiving > Notifications format > Incoming message > InteractiveButtons (beta) */
export interface InteractiveButtonsData extends MessageDataBase<'interactiveButtons'> {
  interactiveButtons: InteractiveButtons;
}

/**
 * Interactive buttons that answer with a tap. Sources disagree on the payload: one of its own, that
 * of `interactiveButtons`, or that of a tapped button.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > InteractiveButtonsReply (beta)
 */
export interface InteractiveButtonsReplyData extends MessageDataBase<'interactiveButtonsReply'> {
  interactiveButtonsReply?: InteractiveButtons;
  interactiveButtons?: InteractiveButtons;
  templateButtonReplyMessage?: TemplateButtonReply;
}

/**
 * The own account tapped a reply button on its phone.
 *
 * GREEN-API: Receiving > Notifications format > Outgoing message > InteractiveButtonsResponse
 * (beta)
 */
export interface InteractiveButtonsResponseData extends MessageDataBase<'interactiveButtonsResponse'> {
  interactiveButtonsResponse: TemplateButtonReply;
}
