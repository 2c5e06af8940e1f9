import type { Buttons } from './buttons.payload.js';
import type { MessageDataBase } from './message-data.base.js';

/** GREEN-API: Receiving > Notifications format > Incoming message > ButtonsMessage (archive) */
export interface ButtonsMessageData extends MessageDataBase<'buttonsMessage'> {
  buttonsMessage: Buttons;
}

/**
 * GREEN-API: Receiving > Notifications format > Incoming message > ButtonsResponseMessage (archive)
 */
export interface ButtonsResponseMessageData extends MessageDataBase<'buttonsResponseMessage'> {
  buttonsResponseMessage: {
    /** Id of the message with the buttons; missing in 2022. */
    stanzaId?: string;
    selectedButtonId: string;
    selectedButtonText: string;
  };
}
