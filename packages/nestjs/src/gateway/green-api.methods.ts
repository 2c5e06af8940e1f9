import type { MessageToSend } from './green-api.types.js';

/** Fields of a request or an answer that this package does not describe. GREEN-API's page does. */
export interface OpenFields {
  readonly [field: string]: unknown;
}

/** What the methods that send something answer. */
export interface SentAnswer extends OpenFields {
  /** The id of the sent message, as in its notifications. */
  readonly idMessage: string;
}

/** The message whose file `downloadFile` looks up. */
export interface FileMessage {
  readonly chatId: string;
  readonly idMessage: string;
}

/** What `downloadFile` answers. */
export interface FileAnswer extends OpenFields {
  /** Where the file can be downloaded, for a limited time. */
  readonly downloadUrl: string;
}

/**
 * The methods that `client.call` knows by name: what each takes and what it answers. All other
 * fields that GREEN-API documents can be given and read, too.
 */
export interface GreenApiMethods {
  /** Sends a text. GREEN-API: SendMessage */
  sendMessage: { request: MessageToSend & OpenFields; answer: SentAnswer };
  /** Sends a file that GREEN-API fetches from a URL. GREEN-API: SendFileByUrl */
  sendFileByUrl: { request: OpenFields; answer: SentAnswer };
  /** Uploads a file, from `fileToSend`, and sends it. GREEN-API: SendFileByUpload */
  sendFileByUpload: { request: OpenFields; answer: SentAnswer };
  /** GREEN-API: SendPoll */
  sendPoll: { request: OpenFields; answer: SentAnswer };
  /** GREEN-API: SendLocation */
  sendLocation: { request: OpenFields; answer: SentAnswer };
  /** GREEN-API: SendContact */
  sendContact: { request: OpenFields; answer: SentAnswer };
  /** GREEN-API: ForwardMessages */
  forwardMessages: { request: OpenFields; answer: unknown };
  /** GREEN-API: EditMessage */
  editMessage: { request: OpenFields; answer: unknown };
  /** GREEN-API: DeleteMessage */
  deleteMessage: { request: OpenFields; answer: unknown };
  /** Marks messages of a chat as read. GREEN-API: ReadChat */
  readChat: { request: OpenFields; answer: unknown };
  /** Looks up the file of a message. GREEN-API: DownloadFile */
  downloadFile: { request: FileMessage & OpenFields; answer: FileAnswer };
  /** GREEN-API: GetChatHistory */
  getChatHistory: { request: OpenFields; answer: unknown };
  /** GREEN-API: GetContactInfo */
  getContactInfo: { request: OpenFields; answer: unknown };
  /** GREEN-API: CheckWhatsapp */
  checkWhatsapp: { request: OpenFields; answer: unknown };
}

/** A method of GREEN-API that {@link GreenApiMethods} does not list. */
export type OtherMethod<Method extends string> = Method extends keyof GreenApiMethods
  ? never
  : Method;

/** How to call a method. */
export interface MethodCallOptions {
  /** Ends the call, also while it waits for its turn. The call then rejects with its reason. */
  readonly signal?: AbortSignal;
  /**
   * The HTTP method. GREEN-API's page of the method names it.
   *
   * @default 'POST' with a request, otherwise 'GET'
   */
  readonly httpMethod?: 'GET' | 'POST' | 'DELETE';
  /** The part of the path behind the token, not encoded. */
  readonly pathParameter?: string;
  /** The query of the URL, not encoded. */
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /**
   * After this time without an answer the call fails with a `GreenApiNetworkError`, in milliseconds.
   * It begins when the request is sent, not while it waits for its turn.
   *
   * @default 10000; 120000 with a file
   */
  readonly timeoutMs?: number;
}

/** The field that an answer must have. Without it the call has failed, whatever its status. */
const ANSWER_FIELDS: Partial<Record<keyof GreenApiMethods, string>> = {
  sendMessage: 'idMessage',
  sendFileByUrl: 'idMessage',
  sendFileByUpload: 'idMessage',
  sendPoll: 'idMessage',
  sendLocation: 'idMessage',
  sendContact: 'idMessage',
  downloadFile: 'downloadUrl',
};

/** The field that the answer of a method must have, if there is one. */
export function answerFieldOf(method: string): string | undefined {
  return Object.hasOwn(ANSWER_FIELDS, method)
    ? ANSWER_FIELDS[method as keyof GreenApiMethods]
    : undefined;
}
