import type { Forwarding } from '../common/shared.payloads.js';
import type { MessageDataBase } from './message-data.base.js';

/** One group of rows in a list message. */
export interface ListSection {
  title?: string;
  rows: { title: string; rowId: string; description?: string }[];
}

/** A text with a button that opens a list to choose from. */
export interface List extends Forwarding {
  contentText: string;
  title?: string;
  footer?: string;
  buttonText?: string;
  sections: ListSection[];
}

/** GREEN-API: Receiving > Notifications format > Incoming message > ListMessage (archive) */
export interface ListMessageData extends MessageDataBase<'listMessage'> {
  listMessage: List;
}

/**
 * GREEN-API: Receiving > Notifications format > Incoming message > ListResponseMessage (archive)
 */
export interface ListResponseMessageData extends MessageDataBase<'listResponseMessage'> {
  listResponseMessage: {
    /** Id of the list message. Missing in notifications of 2022. */
    stanzaId?: string;
    /** The row that was chosen. */
    title: string;
    /** 1 in GREEN-API's examples, a string in its tables. */
    listType?: number | string;
    /** `rowId` of the row that was chosen. */
    singleSelectReply?: string;
  };
}
