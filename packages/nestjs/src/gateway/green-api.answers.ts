import type { OpenFields } from './green-api.requests.js';

/** What the methods that send something answer. */
export interface SentAnswer extends OpenFields {
  /** The id of the sent message, as in its notifications. */
  readonly idMessage: string;
}

/** What `sendFileByUpload` answers. */
export interface UploadAnswer extends SentAnswer {
  /** Where the file can be fetched for some days, also by `sendFileByUrl`. */
  readonly urlFile?: string;
}

/** What `forwardMessages` answers. */
export interface ForwardedAnswer extends OpenFields {
  /** The `idMessage`s of the forwarded messages. */
  readonly messages: readonly string[];
}

/** What `readChat` answers. */
export interface ReadChatAnswer extends OpenFields {
  readonly setRead: boolean;
}

/** What `downloadFile` answers. */
export interface FileAnswer extends OpenFields {
  /** Where the file can be downloaded, for a limited time: `client.download(answer)`. */
  readonly downloadUrl: string;
}

/** A message in the answer of `getChatHistory`, the latest first. */
export interface JournalMessage extends OpenFields {
  readonly type: 'incoming' | 'outgoing';
  readonly idMessage: string;
  /** In Unix seconds. */
  readonly timestamp: number;
  readonly typeMessage: string;
  readonly chatId: string;
  readonly textMessage?: string;
}

/** What `getContactInfo` answers. */
export interface ContactInfo extends OpenFields {
  readonly chatId: string;
  /** Empty if it is not known. */
  readonly name: string;
  /** The name in the phone book; empty if it is not there. */
  readonly contactName: string;
  /** The URL of the picture; empty if there is none. */
  readonly avatar: string;
}

/** What `checkWhatsapp` answers. */
export interface CheckWhatsappAnswer extends OpenFields {
  readonly existsWhatsapp: boolean;
}

/** What `checkAccount` answers. */
export interface CheckAccountAnswer extends OpenFields {
  readonly exist: boolean;
  /** The chat with that account, if there is one. */
  readonly chatId?: string;
}
