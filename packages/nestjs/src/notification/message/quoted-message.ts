import type { Base64Jpeg, Forwarding } from '../common/shared.payloads.js';
import type { Buttons } from './buttons.message.js';
import type { Contact } from './contact.message.js';
import type { FileData } from './file.message.js';
import type { GroupInvite } from './group-invite.message.js';
import type { InteractiveButtons } from './interactive.message.js';
import type { List } from './list.message.js';
import type { Location } from './location.message.js';
import type { MessageType } from './message-data.js';
import type { UnknownMessageType } from './message-type.js';
import type { Poll } from './poll.message.js';
import type { Template, TemplateButtonReply } from './template.message.js';

/** Which message is quoted, and who wrote it. */
export interface QuotedReference extends Forwarding {
  /** Id of the quoted message. Missing on old pages. */
  stanzaId?: string;
  /** Author of the quoted message. */
  participant?: string;
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
  ContactsArrayMessage: { contacts?: Contact[] };
  locationMessage: { location?: Partial<Location> };
  buttonsMessage: Partial<Buttons>;
  listMessage: Partial<List>;
  templateMessage: Template;
  groupInviteMessage: { groupInviteMessageData?: Partial<GroupInvite> };
  pollMessage: { pollMessageData?: Partial<Poll> };
  interactiveButtons: InteractiveButtons;
  interactiveButtonsReply: InteractiveButtons;
  templateButtonsReplyMessage: Partial<TemplateButtonReply>;
  templateButtonReplyMessage: Partial<TemplateButtonReply>;
}

/** The types whose content in a quote is documented. */
type DocumentedType = keyof QuotedContentByType;

type DocumentedQuote = {
  [TypeMessage in DocumentedType]: { typeMessage: TypeMessage } & QuotedReference &
    QuotedContentByType[TypeMessage];
}[DocumentedType];

interface UntypedQuote extends QuotedReference {
  typeMessage?: never;
  [field: string]: unknown;
}

interface OtherQuote extends QuotedReference {
  typeMessage: Exclude<MessageType, DocumentedType> | UnknownMessageType;
  [field: string]: unknown;
}

/**
 * The message that another message answers or reacts to. It is flat: its content is next to
 * `typeMessage`, not under a payload key. Fields are missing or empty if the messenger did not send
 * them. Quotes in stickers and reactions have no `typeMessage`.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > QuotedMessage
 */
export type QuotedMessage = DocumentedQuote | OtherQuote | UntypedQuote;
