import type { Base64Jpeg } from '../common/base64-jpeg.type.js';
import type { Contact } from './contact.payload.js';
import type { FileData } from './file.payload.js';
import type { GroupInvite } from './group-invite.payload.js';
import type { List } from './list.payload.js';
import type { Location } from './location.payload.js';
import type { MessageType } from './message-data.js';
import type { Poll } from './poll.payload.js';
import type { Buttons } from './buttons.payload.js';
import type { InteractiveButtons } from './interactive.payload.js';
import type { Template } from './template.payload.js';
import type { UnknownMessageData } from './unknown-message.payload.js';

/**
 * What a quoted message holds, by its type. A quoted message is flattened: its content stands beside `typeMessage`, not below a payload key.
 * GREEN-API leaves out, or empties, whatever the messenger did not send along.
 */
interface QuotedContentByType {
  textMessage: QuotedText;
  extendedTextMessage: QuotedText;
  quotedMessage: QuotedText;
  imageMessage: Partial<FileData>;
  videoMessage: Partial<FileData>;
  documentMessage: Partial<FileData>;
  audioMessage: Partial<FileData>;
  stickerMessage: Partial<FileData>;
  contactMessage: { contact?: Contact };
  contactsArrayMessage: { contacts?: Contact[] };
  locationMessage: { location?: Partial<Location> };
  buttonsMessage: Partial<Buttons>;
  listMessage: Partial<List>;
  templateMessage: Template;
  groupInviteMessage: { groupInviteMessageData?: Partial<GroupInvite> };
  pollMessage: { pollMessageData?: Partial<Poll> };
  interactiveButtons: InteractiveButtons;
  interactiveButtonsReply: InteractiveButtons;
  templateButtonsReplyMessage: QuotedReply;
  templateButtonReplyMessage: QuotedReply;
}

interface QuotedText {
  textMessage?: string;
  extendedTextMessage?: {
    description?: string;
    title?: string;
    previewType?: string;
    jpegThumbnail?: Base64Jpeg;
  };
}

interface QuotedReply {
  selectedDisplayText?: string;
  selectedId?: string;
}

/** Which message is quoted, and by whom it was written. */
export interface QuotedReference {
  /** Id of the quoted message. */
  stanzaId: string;
  /** Author of the quoted message. */
  participant?: string;
}
