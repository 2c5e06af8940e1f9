/** `instanceData.typeInstance`: the messenger of an instance. `v3` is MAX. */
export type TypeInstance = 'whatsapp' | 'telegram' | 'v3';

/** What a notification says about the instance it comes from. */
export interface InstanceIdentity {
  readonly idInstance: string;
  readonly wid: string;
  readonly typeInstance: TypeInstance;
}

/** A notification as GREEN-API publishes it. Unknown kinds and fields are as good as known ones. */
export interface NotificationObject {
  typeWebhook: string;
  instanceData?: { idInstance: number; wid: string; typeInstance: string };
  timestamp?: number;
  idMessage?: string;
  [field: string]: unknown;
}

/** Who wrote a message, where and under which id. Everything has a default. */
export interface MessageEnvelope {
  /** `<digits>@c.us`, `<digits>@g.us`; on Telegram and MAX a decimal string, negative for groups. */
  chatId?: string;
  /** Who wrote it. @default the chat itself, or for a group its first member */
  sender?: string;
  senderName?: string;
  chatName?: string;
  senderContactName?: string;
  /** @default a new one */
  idMessage?: string;
  /** UNIX seconds. @default now */
  timestamp?: number;
}

/** `messageData`: a `typeMessage` and the payload that goes with it. */
export interface MessageData {
  typeMessage: string;
  [payload: string]: unknown;
}

/** `stateInstance` as `getStateInstance` and `stateInstanceChanged` name it. */
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

/** A message that a caller sent through `sendMessage`. */
export interface SentMessage {
  readonly idMessage: string;
  readonly chatId: string;
  readonly message: string;
  readonly quotedMessageId?: string;
  readonly atMs: number;
}
