import type { MessageToSend } from './green-api.types.js';

/** Fields of a request or an answer that this package does not describe. GREEN-API's page does. */
export interface OpenFields {
  readonly [field: string]: unknown;
}

/** What the methods that send something have in common. */
interface ToSend extends OpenFields {
  readonly chatId: string;
  /** The `idMessage` of a message of the same chat, to quote it. */
  readonly quotedMessageId?: string;
  /** How long the chat shows "typing…" before the message, in milliseconds, 1000 to 20000. */
  readonly typingTime?: number;
}

/** A request of `sendMessage`. */
export interface SendMessageRequest extends MessageToSend, ToSend {
  /** The size of the preview. WhatsApp only. */
  readonly typePreview?: 'large' | 'small';
  /** Replaces the preview of the link. WhatsApp only. */
  readonly customPreview?: CustomPreview;
}

/** The preview of a link. Texts have 300 characters at most. */
export interface CustomPreview extends OpenFields {
  readonly title: string;
  readonly description?: string;
  readonly link?: string;
  /** The URL of an image, for a large preview. */
  readonly urlFile?: string;
  /** An image in base64, for a small preview. */
  readonly jpegThumbnail?: string;
}

/** A request of `sendFileByUrl`. */
export interface SendFileByUrlRequest extends ToSend {
  /** Where GREEN-API gets the file. 100 MB at most. */
  readonly urlFile: string;
  /** With its extension: that decides how the chat shows the file. */
  readonly fileName: string;
  /** The text below the file; WhatsApp shows it for images and videos only. */
  readonly caption?: string;
}

/** A request of `sendFileByUpload`. */
export interface SendFileByUploadRequest extends ToSend {
  /** From `fileToSend`, or any `File`. 100 MB at most. */
  readonly file: File;
  /** With its extension. Default: the name of the `File`. */
  readonly fileName?: string;
  /** The text below the file; WhatsApp shows it for images and videos only. */
  readonly caption?: string;
}

/** A request of `sendPoll`. */
export interface SendPollRequest extends ToSend {
  /** The question. 255 characters at most, on MAX 200. */
  readonly message: string;
  /** 12 different answers at most: objects on WhatsApp, texts on Telegram. */
  readonly options: readonly { readonly optionName: string }[] | readonly string[];
  /** Whether several answers can be chosen. WhatsApp and Telegram. Default: false. */
  readonly multipleAnswers?: boolean;
  /** Whether an answer can be changed. MAX only. Default: true. */
  readonly allowToChangeAnswer?: boolean;
  /** Telegram only. Default: `regular`. */
  readonly type?: 'regular' | 'quiz';
  /** Whether nobody sees who voted. Telegram only. Default: true. */
  readonly isAnonymous?: boolean;
  /** The index of the right answer of a quiz, from 0. Telegram only. */
  readonly correctOptionId?: number;
}

/** A request of `sendLocation`. */
export interface SendLocationRequest extends ToSend {
  readonly latitude: number;
  readonly longitude: number;
  readonly nameLocation?: string;
  readonly address?: string;
}

/** A request of `sendContact`. */
export interface SendContactRequest extends ToSend {
  readonly contact: ContactByPhone | ContactByChat;
}

/** A contact on WhatsApp and Telegram. It needs one of the names, or a company. */
export interface ContactByPhone extends OpenFields {
  /** In international format, without a plus. */
  readonly phoneContact: number;
  readonly firstName?: string;
  readonly middleName?: string;
  readonly lastName?: string;
  readonly company?: string;
}

/** A contact on MAX. It must be among the contacts of the account. */
export interface ContactByChat extends OpenFields {
  readonly chatId: string;
}

/** A request of `sendTyping`. */
export interface SendTypingRequest extends OpenFields {
  readonly chatId: string;
  /** How long it is shown, in milliseconds, 1000 to 20000. Telegram and MAX require it. */
  readonly typingTime?: number;
  /** What is shown. Default: a text is typed. WhatsApp and MAX: `recording`; the others differ. */
  readonly typingType?: string;
}

/** A request of `sendReaction`. */
export interface SendReactionRequest extends OpenFields {
  readonly chatId: string;
  /** The message that gets the reaction. */
  readonly idMessage: string;
  /** An emoji. */
  readonly reaction: string;
}

/** A request of `forwardMessages`. */
export interface ForwardMessagesRequest extends OpenFields {
  /** Where the messages go. */
  readonly chatId: string;
  /** Where they are. */
  readonly chatIdFrom: string;
  /** Their `idMessage`s. GREEN-API must know them: see its page. */
  readonly messages: readonly string[];
  /** How long the chat shows "typing…" before them, in milliseconds, 1000 to 20000. */
  readonly typingTime?: number;
}

/** A request of `editMessage`. */
export interface EditMessageRequest extends OpenFields {
  readonly chatId: string;
  /** The message as it was sent first. WhatsApp and MAX: not older than 15 minutes. */
  readonly idMessage: string;
  /** Its new text. */
  readonly message: string;
}

/** A request of `deleteMessage`. */
export interface DeleteMessageRequest extends OpenFields {
  readonly chatId: string;
  readonly idMessage: string;
  /** Whether the others keep it. Default: false. */
  readonly onlySenderDelete?: boolean;
}

/** A request of `readChat`. */
export interface ReadChatRequest extends OpenFields {
  readonly chatId: string;
  /** Default: all messages of the chat. Not on Telegram; on MAX also all messages before it. */
  readonly idMessage?: string;
}

/** A request of `getChatHistory`. */
export interface GetChatHistoryRequest extends OpenFields {
  readonly chatId: string;
  /** How many messages. Default: 100. */
  readonly count?: number;
}

/** A request of `getContactInfo`. */
export interface GetContactInfoRequest extends OpenFields {
  readonly chatId: string;
}

/** A request of `checkWhatsapp`. */
export interface CheckWhatsappRequest extends OpenFields {
  /** In international format, without a plus. */
  readonly phoneNumber: number;
}

/** A request of `checkAccount`. A `username` is for Telegram only, and begins with `@`. */
export type CheckAccountRequest = OpenFields & {
  /** Whether to ask the messenger, and not GREEN-API's cache. Default: false. */
  readonly force?: boolean;
} & ({ readonly phoneNumber: number } | { readonly username: string });

/** The message whose file `downloadFile` looks up. */
export interface FileMessage {
  readonly chatId: string;
  readonly idMessage: string;
}
