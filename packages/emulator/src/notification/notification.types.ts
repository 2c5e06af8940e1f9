/** `instanceData.typeInstance`: the messenger of an instance. `v3` is MAX. */
export type TypeInstance = 'whatsapp' | 'telegram' | 'v3';

/** The data of an instance that its notifications contain. */
export interface InstanceIdentity {
  readonly idInstance: string;
  readonly wid: string;
  readonly typeInstance: TypeInstance;
}

/** A notification as GREEN-API sends it. Unknown kinds and fields are allowed. */
export interface NotificationObject {
  typeWebhook: string;
  instanceData?: { idInstance: number; wid: string; typeInstance: string };
  timestamp?: number;
  idMessage?: string;
  [field: string]: unknown;
}

/** The sender, chat, id and time of a message. Every field has a default. */
export interface MessageEnvelope {
  /**
   * `<digits>@c.us`, `<digits>@g.us`; on Telegram and MAX a decimal string, negative for groups.
   */
  chatId?: string;
  /**
   * The sender of an incoming message. In an outgoing message it is always the account.
   * @default the chat itself, or a fixed member of a group
   */
  sender?: string;
  senderName?: string;
  chatName?: string;
  senderContactName?: string;
  /** @default a new one */
  idMessage?: string;
  /** UNIX seconds. @default now */
  timestamp?: number;
}

/** `messageData`: a `typeMessage` and its payload. */
export interface MessageData {
  typeMessage: string;
  [payload: string]: unknown;
}

/** The values of `stateInstance` in `getStateInstance` and `stateInstanceChanged`. */
export type StateInstance =
  | 'notAuthorized'
  | 'authorized'
  | 'blocked'
  | 'starting'
  | 'sleepMode'
  | 'yellowCard'
  | 'suspended'
  | 'pendingCode'
  | 'pendingPassword';

/** A call of a method that bots use, such as `sendPoll`, that took effect. */
export interface RecordedCall {
  readonly method: string;
  /** Its fields. The files of an upload are `File`s. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The id of the message that it sent, if it did. */
  readonly idMessage?: string;
  readonly atMs: number;
}

/** A message that a caller sent with `sendMessage`. */
export interface SentMessage {
  readonly idMessage: string;
  readonly chatId: string;
  readonly message: string;
  readonly quotedMessageId?: string;
  readonly atMs: number;
}
