import type { Forwarding } from '../common/shared.payloads.js';
import type { MessageDataBase } from './message-data.base.js';

/**
 * An earlier message got another text or caption. The notification has an `idMessage` of its own.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > EditedMessage
 */
export interface EditedMessageData extends MessageDataBase<'editedMessage'> {
  editedMessageData: {
    /** Id of the message that was edited. */
    stanzaId: string;
    /** The new text. */
    textMessage?: string;
    /** The new caption of a file. */
    caption?: string;
  } & Forwarding;
}

/**
 * An earlier message was deleted for everyone. The notification has an `idMessage` of its own.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > DeletedMessage
 */
export interface DeletedMessageData extends MessageDataBase<'deletedMessage'> {
  deletedMessageData: {
    /** Id of the message that was deleted. */
    stanzaId: string;
    /** Published once, its meaning undocumented. */
    typeMessage?: string;
  };
}
