import type { MessageDataBase } from './message-data.base.js';
import type { Template, TemplateButtonReply } from './template.payload.js';

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
