import type {
  CheckAccountAnswer,
  CheckWhatsappAnswer,
  ContactInfo,
  FileAnswer,
  ForwardedAnswer,
  JournalMessage,
  ReadChatAnswer,
  SentAnswer,
  UploadAnswer,
} from './green-api.answers.js';
import type {
  CheckAccountRequest,
  CheckWhatsappRequest,
  DeleteMessageRequest,
  EditMessageRequest,
  FileMessage,
  ForwardMessagesRequest,
  GetChatHistoryRequest,
  GetContactInfoRequest,
  OpenFields,
  ReadChatRequest,
  SendContactRequest,
  SendFileByUploadRequest,
  SendFileByUrlRequest,
  SendLocationRequest,
  SendMessageRequest,
  SendPollRequest,
  SendReactionRequest,
  SendTypingRequest,
} from './green-api.requests.js';

/**
 * The methods that `client.call` knows by name: what each takes and what it answers. All other
 * fields that GREEN-API documents can be given and read, too.
 */
export interface GreenApiMethods {
  /** Sends a text. GREEN-API: SendMessage */
  sendMessage: { request: SendMessageRequest; answer: SentAnswer };
  /** Sends a file that GREEN-API fetches from a URL. GREEN-API: SendFileByUrl */
  sendFileByUrl: { request: SendFileByUrlRequest; answer: SentAnswer };
  /** Uploads a file, from `fileToSend`, and sends it. GREEN-API: SendFileByUpload */
  sendFileByUpload: { request: SendFileByUploadRequest; answer: UploadAnswer };
  /** Sends a poll, on Telegram to groups only. GREEN-API: SendPoll */
  sendPoll: { request: SendPollRequest; answer: SentAnswer };
  /** GREEN-API: SendLocation */
  sendLocation: { request: SendLocationRequest; answer: SentAnswer };
  /** GREEN-API: SendContact */
  sendContact: { request: SendContactRequest; answer: SentAnswer };
  /** Shows "typing…" in a chat. Its answer is empty on WhatsApp. GREEN-API: SendTyping */
  sendTyping: { request: SendTypingRequest; answer: unknown };
  /** Reacts to a message with an emoji. WhatsApp and MAX. GREEN-API: SendReaction */
  sendReaction: { request: SendReactionRequest; answer: SentAnswer };
  /** WhatsApp and Telegram. GREEN-API: ForwardMessages */
  forwardMessages: { request: ForwardMessagesRequest; answer: ForwardedAnswer };
  /** Changes a text that the account sent. GREEN-API: EditMessage */
  editMessage: { request: EditMessageRequest; answer: SentAnswer };
  /** Its answer is empty. GREEN-API: DeleteMessage */
  deleteMessage: { request: DeleteMessageRequest; answer: unknown };
  /** Marks messages of a chat as read. GREEN-API: ReadChat */
  readChat: { request: ReadChatRequest; answer: ReadChatAnswer };
  /** Looks up the file of a message. GREEN-API: DownloadFile */
  downloadFile: { request: FileMessage & OpenFields; answer: FileAnswer };
  /** GREEN-API: GetChatHistory */
  getChatHistory: { request: GetChatHistoryRequest; answer: readonly JournalMessage[] };
  /** Not for groups. GREEN-API: GetContactInfo */
  getContactInfo: { request: GetContactInfoRequest; answer: ContactInfo };
  /** Whether a phone number has a WhatsApp account. GREEN-API: CheckWhatsapp */
  checkWhatsapp: { request: CheckWhatsappRequest; answer: CheckWhatsappAnswer };
  /** Whether a phone number has a Telegram or MAX account. GREEN-API: CheckAccount */
  checkAccount: { request: CheckAccountRequest; answer: CheckAccountAnswer };
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
  sendReaction: 'idMessage',
  editMessage: 'idMessage',
  downloadFile: 'downloadUrl',
};

/** The field that the answer of a method must have, if there is one. */
export function answerFieldOf(method: string): string | undefined {
  return Object.hasOwn(ANSWER_FIELDS, method)
    ? ANSWER_FIELDS[method as keyof GreenApiMethods]
    : undefined;
}
