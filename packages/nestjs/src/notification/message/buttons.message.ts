import type { Forwarding } from '../common/shared.payloads.js';
import type { MessageDataBase } from './message-data.base.js';

/** A text with buttons below it. */
export interface Buttons extends Forwarding {
  contentText: string;
  footer?: string;
  buttons: { buttonId: string; buttonText: string }[];
}

/** GREEN-API: Receiving > Notifications format > Incoming message > ButtonsMessage (archive) */
export interface ButtonsMessageData extends MessageDataBase<'buttonsMessage'> {
  buttonsMessage: Buttons;
}

/**
 * GREEN-API: Receiving > Notifications format > Incoming message > ButtonsResponseMessage (archive)
 */
export interface ButtonsResponseMessageData extends MessageDataBase<'buttonsResponseMessage'> {
  buttonsResponseMessage: {
    /** Id of the message with the buttons. Missing in notifications of 2022. */
    stanzaId?: string;
    selectedButtonId: string;
    selectedButtonText: string;
  };
}
