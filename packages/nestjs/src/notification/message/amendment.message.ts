import type { Forwarding } from '../common/shared.payloads.js';
import type { MessageDataBase } from './message-data.base.js';

/**
 * The text or caption of an earlier message was changed. `idMessage` of this notification is not
 * the id of that message: `stanzaId` is.
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
 * An earlier message was deleted for everyone. `idMessage` of this notification is not the id of
 * that message: `stanzaId` is.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > DeletedMessage
 */
export interface DeletedMessageData extends MessageDataBase<'deletedMessage'> {
  deletedMessageData: {
    /** Id of the message that was deleted. */
    stanzaId: string;
    /** In one published notification. Its meaning is not documented. */
    typeMessage?: string;
  };
}
