import type { DeletedMessageData, EditedMessageData } from './amendment.message.js';
import type { ButtonsMessageData, ButtonsResponseMessageData } from './buttons.message.js';
import type { ContactMessageData, ContactsArrayMessageData } from './contact.message.js';
import type { FileMessageData, StickerMessageData } from './file.message.js';
import type { GroupInviteMessageData } from './group-invite.message.js';
import type {
  InteractiveButtonsData,
  InteractiveButtonsReplyData,
  InteractiveButtonsResponseData,
} from './interactive.message.js';
import type { ListMessageData, ListResponseMessageData } from './list.message.js';
import type { LocationMessageData } from './location.message.js';
import type { PollMessageData, PollUpdateMessageData } from './poll.message.js';
import type { TemplateButtonsReplyMessageData, TemplateMessageData } from './template.message.js';
import type {
  ExtendedTextMessageData,
  QuotedMessageData,
  ReactionMessageData,
  TextMessageData,
} from './text.message.js';
import type { OpaqueMessageData, UnknownMessageData, UnknownMessageType } from './message-type.js';

/** The type of `messageData` for each known `typeMessage`. */
export interface MessageDataByType {
  textMessage: TextMessageData;
  extendedTextMessage: ExtendedTextMessageData;
  quotedMessage: QuotedMessageData;
  reactionMessage: ReactionMessageData;
  imageMessage: FileMessageData<'imageMessage'>;
  videoMessage: FileMessageData<'videoMessage'>;
  documentMessage: FileMessageData<'documentMessage'>;
  audioMessage: FileMessageData<'audioMessage'>;
  stickerMessage: StickerMessageData;
  locationMessage: LocationMessageData;
  contactMessage: ContactMessageData;
  contactsArrayMessage: ContactsArrayMessageData;
  ContactsArrayMessage: ContactsArrayMessageData<'ContactsArrayMessage'>;
  pollMessage: PollMessageData;
  pollUpdateMessage: PollUpdateMessageData;
  editedMessage: EditedMessageData;
  deletedMessage: DeletedMessageData;
  groupInviteMessage: GroupInviteMessageData;
  buttonsMessage: ButtonsMessageData;
  buttonsResponseMessage: ButtonsResponseMessageData;
  listMessage: ListMessageData;
  listResponseMessage: ListResponseMessageData;
  templateMessage: TemplateMessageData;
  templateButtonsReplyMessage: TemplateButtonsReplyMessageData;
  templateButtonReplyMessage: TemplateButtonsReplyMessageData<'templateButtonReplyMessage'>;
  interactiveButtons: InteractiveButtonsData;
  interactiveButtonsReply: InteractiveButtonsReplyData;
  interactiveButtonsResponse: InteractiveButtonsResponseData;
  orderMessage: OpaqueMessageData<'orderMessage'>;
  productMessage: OpaqueMessageData<'productMessage'>;
  pollCreationMessage: OpaqueMessageData<'pollCreationMessage'>;
  liveLocationMessage: OpaqueMessageData<'liveLocationMessage'>;
  pinInChatMessage: OpaqueMessageData<'pinInChatMessage'>;
  keepInChat: OpaqueMessageData<'keepInChat'>;
}

/** Every known `messageData.typeMessage`. */
export type MessageType = keyof MessageDataByType;

/** Every `messageData.typeMessage`, including unknown ones. */
export type AnyMessageType = MessageType | UnknownMessageType;

/**
 * The `messageData` of a message with this `typeMessage`. Without an argument: of any message.
 */
export type MessageData<TypeMessage extends AnyMessageType = AnyMessageType> =
  TypeMessage extends MessageType ? MessageDataByType[TypeMessage] : UnknownMessageData;
