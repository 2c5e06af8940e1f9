import type { Readable } from 'node:stream';

import type { Dispatcher } from 'undici';

import type { DownloadableFile, DownloadOptions } from './download/download.js';
import { formOf, releaseFiles } from './file-to-send.js';
import { pause } from '../common/waits.js';
import type { Cancellation } from '../common/cancellation.js';
import type { Connections } from './connections.js';
import {
  ANSWER_DEADLINE_MS,
  type GreenApiCall,
  GreenApiConnection,
} from './green-api.connection.js';
import {
  AnswerTooLargeError,
  BrokenNotificationError,
  type GreenApiFailure,
  GreenApiProtocolError,
  GreenApiServerError,
} from './green-api.errors.js';
import type {
  Deletion,
  InstanceCredentials,
  InstanceSettings,
  MessageToSend,
  QueueClearing,
  ReceivedNotification,
} from './green-api.types.js';
import {
  answerFieldOf,
  type GreenApiMethods,
  type MethodCallOptions,
  type OtherMethod,
} from './green-api.methods.js';
import type { OpenFields } from './green-api.requests.js';
import { MethodPacer } from './method.pacer.js';
import { parseJson } from './parse-json.js';

interface CallOptions {
  readonly signal?: AbortSignal;
  /** @internal */
  readonly cancellation?: Cancellation;
  /** @internal From `openQueueConnection`. */
  readonly over?: Dispatcher;
}

interface ReceiveOptions extends CallOptions {
  readonly receiveTimeoutSeconds: number;
  readonly answerLimitBytes?: number;
}

/** Finds the receipt in an answer that is not JSON. */
const RECEIPT = /"receiptId"\s*:\s*(\d{1,40})(?!\d)/;
const RECEIPT_ID = /^\d{1,40}$/;

/** Methods whose verb does not follow from the request. */
const DELETES: ReadonlySet<string> = new Set(['deleteNotification', 'clearWebhooksQueue']);
/** How long the answer to an upload may take, from the first byte that is sent. */
const UPLOAD_DEADLINE_MS = 120_000;
const RATE_HEADER = 'x-ratelimit-replenish-rate';

/**
 * Calls GREEN-API methods of one instance. GREEN-API limits how often each method may be called in a
 * second: further calls wait for their turn. No call is ever repeated after a failure.
 */
export class GreenApiClient {
  readonly idInstance: string;
  readonly #connection: GreenApiConnection;
  #pacer: MethodPacer | undefined;

  /** @internal Each instance has its client: use `instance.client` or `ctx.client`. */
  constructor(credentials: InstanceCredentials, connections: Connections) {
    this.idInstance = credentials.idInstance;
    this.#connection = new GreenApiConnection(credentials, connections);
  }

  /**
   * @internal Opens a connection for the queue of this instance. On it, a call may be sent before the
   * call before it is answered. The caller must destroy it.
   */
  openQueueConnection(): Dispatcher {
    return this.#connection.open();
  }

  /** Removes this instance's token from `text`, for logs. */
  redact(text: string): string {
    return this.#connection.redact(text);
  }

  /**
   * Receives the first notification of the queue, or waits for one. Receiving does not remove it:
   * the same notification is returned until it is deleted.
   *
   * @param options.receiveTimeoutSeconds how long GREEN-API waits for a notification, 5 to 60
   * @param options.answerLimitBytes the largest answer that is read; 8 MiB by default
   * @returns undefined if none arrived in that time
   * @throws {BrokenNotificationError} if the answer contains a receipt, but is not JSON or is too
   * large
   * @throws {GreenApiError} if the call fails; the subclass tells why
   * @see GREEN-API: ReceiveNotification
   */
  async receiveNotification(options: ReceiveOptions): Promise<ReceivedNotification | undefined> {
    const { receiveTimeoutSeconds, answerLimitBytes, signal, cancellation, over } = options;
    let text: string;
    try {
      text = await this.#connection.send({
        method: 'receiveNotification',
        httpMethod: 'GET',
        query: `receiveTimeout=${receiveTimeoutSeconds}`,
        deadlineMs: receiveTimeoutSeconds * 1000 + ANSWER_DEADLINE_MS,
        answerLimitBytes,
        signal,
        cancellation,
        over,
      });
    } catch (error) {
      if (error instanceof AnswerTooLargeError) this.#refuseTooLarge(error);
      throw error;
    }
    return this.#receivedIn(text);
  }

  /**
   * Deletes a notification from the queue. This acknowledges it.
   *
   * @throws {GreenApiError}
   * @see GREEN-API: DeleteNotification
   */
  async deleteNotification(receiptId: string, options: CallOptions = {}): Promise<Deletion> {
    try {
      const text = await this.#connection.send({
        method: 'deleteNotification',
        httpMethod: 'DELETE',
        pathParameter: encodeURIComponent(receiptId),
        signal: options.signal,
        cancellation: options.cancellation,
        over: options.over,
      });
      const { result, reason } = fieldsOf(this.#valueIn('deleteNotification', text));
      return { deleted: result === true, ...(typeof reason === 'string' && { reason }) };
    } catch (error) {
      // This error, too, means that GREEN-API has no such notification.
      if (error instanceof GreenApiServerError && error.detail?.includes('findUnAckedMessage')) {
        return { deleted: false, reason: error.detail };
      }
      throw error;
    }
  }

  /**
   * Calls any method of GREEN-API. A call above the rate limit of its method waits for its turn, a
   * minute at most. A call that failed is never repeated: after a `GreenApiNetworkError` or a
   * `GreenApiServerError` nobody knows whether GREEN-API has carried it out.
   *
   * A request that contains a `File`, such as one from `fileToSend`, is uploaded: each field becomes
   * a part of a form, and it goes to the media host.
   *
   * ```ts
   * const { downloadUrl } = await client.call('downloadFile', { chatId, idMessage });
   * const messages = await client.call('lastIncomingMessages', undefined, { query: { minutes: 60 } });
   * ```
   *
   * @param method the name of the method, as in its URL
   * @param request its fields, as on GREEN-API's page of the method
   * @returns the answer. Of a method that {@link GreenApiMethods} does not list: what GREEN-API
   * answers, undefined if that is empty
   * @throws {TooManyCallsError} if the call would wait for longer than a minute. It was not sent
   * @throws {GreenApiError} if the call fails; the subclass tells why
   * @throws the reason of `options.signal`
   */
  call<Method extends keyof GreenApiMethods>(
    method: Method,
    request: GreenApiMethods[Method]['request'],
    options?: MethodCallOptions,
  ): Promise<GreenApiMethods[Method]['answer']>;
  /** Calls a method that {@link GreenApiMethods} does not list. */
  call<Method extends string>(
    method: OtherMethod<Method>,
    request?: OpenFields,
    options?: MethodCallOptions,
  ): Promise<unknown>;
  async call(
    method: string,
    request?: OpenFields,
    options: MethodCallOptions = {},
  ): Promise<unknown> {
    const text = await this.#paced(method, request, options);
    const answer = this.#valueIn(method, text);
    const field = answerFieldOf(method);
    if (field !== undefined && typeof fieldsOf(answer)[field] !== 'string') {
      const said = this.#connection.detailOf(text);
      throw this.#unreadable(method, [`no ${field}`, said].filter(Boolean).join(': '));
    }
    return answer;
  }

  /**
   * Downloads the file of a message. It is a stream: read it to its end, or destroy it.
   *
   * ```ts
   * const file = await client.download(fileOf(message), { signal });
   * await pipeline(file, createWriteStream(path));
   * ```
   *
   * The URL of a file comes from outside, so it must be https and lead to a public address, also
   * behind redirects; up to 3 are followed. Only the origin of a local `apiUrl`, such as the
   * emulator's, may serve files without https. Files are not decompressed.
   *
   * @param file from `fileOf`, or the answer of `call('downloadFile')`
   * @throws {NoDownloadUrlError} if there is no `downloadUrl`, as when `fileOf` returns undefined
   * @throws {ForbiddenAddressError} if the URL or a redirect leads elsewhere. Nothing was sent there
   * @throws {FileTooLargeError} if it is larger than `options.maxBytes`; the stream, too
   * @throws {DownloadStalledError} if too little arrives in `options.stalledAfterMs`; only the stream
   * @throws {DownloadFailedError} if the server does not send it; the stream, too
   * @throws the reason of `options.signal`; the stream, too
   */
  download(file: DownloadableFile | undefined, options: DownloadOptions = {}): Promise<Readable> {
    return this.#connection.download(file, options);
  }

  /**
   * Sends a text message.
   *
   * @returns the `idMessage` of the sent message
   * @throws {GreenApiError}
   * @see GREEN-API: SendMessage
   */
  async sendMessage(message: MessageToSend, options: CallOptions = {}): Promise<string> {
    const { idMessage } = await this.call('sendMessage', { ...message }, options);
    return idMessage;
  }

  /**
   * Reads the settings of the instance.
   *
   * @throws {GreenApiError}
   * @see GREEN-API: GetSettings
   */
  async getSettings(options: CallOptions = {}): Promise<InstanceSettings> {
    return fieldsOf(await this.call('getSettings', undefined, options));
  }

  /**
   * Changes the given settings; all others keep their values. The instance restarts, and the change
   * takes effect within 5 minutes.
   *
   * @throws {GreenApiError} also if the answer does not confirm that the settings were saved
   * @see GREEN-API: SetSettings
   */
  async setSettings(changes: InstanceSettings, options: CallOptions = {}): Promise<void> {
    const { saveSettings } = fieldsOf(await this.call('setSettings', changes, options));
    if (saveSettings !== true) throw this.#unreadable('setSettings', 'no "saveSettings": true');
  }

  /**
   * Reads the state of the instance: `authorized`, `notAuthorized`, `starting`, `blocked`, or a
   * value that GREEN-API adds later.
   *
   * @throws {GreenApiError}
   * @see GREEN-API: GetStateInstance
   */
  async getStateInstance(options: CallOptions = {}): Promise<string> {
    const { stateInstance } = fieldsOf(await this.call('getStateInstance', undefined, options));
    if (typeof stateInstance === 'string') return stateInstance;
    throw this.#unreadable('getStateInstance', 'no stateInstance');
  }

  /**
   * Reads the number of notifications in the queue. GREEN-API updates it every 10 seconds.
   *
   * @throws {GreenApiError}
   * @see GREEN-API: GetWebhooksCount
   */
  async getWebhooksCount(options: CallOptions = {}): Promise<number> {
    const answer = fieldsOf(await this.call('getWebhooksCount', undefined, options));
    // Takes any key: two pages of the documentation spell it with a letter that only looks like a
    // "c".
    const count = Object.values(answer).find((value) => Number.isInteger(value));
    if (typeof count === 'number') return count;
    throw this.#unreadable('getWebhooksCount', 'no count');
  }

  /**
   * Deletes all notifications in the queue. GREEN-API allows this once a minute. After a call that
   * comes too early, this method waits as long as GREEN-API says (`leftTime`) and tries once more.
   *
   * @throws {GreenApiError}
   * @see GREEN-API: ClearWebhooksQueue
   */
  async clearWebhooksQueue(options: CallOptions = {}): Promise<QueueClearing> {
    const first = await this.#clear(options);
    if (first.cleared || first.retryAfterMs === undefined) return first;
    await pause(first.retryAfterMs, options.signal ?? new AbortController().signal);
    return this.#clear(options);
  }

  async #clear(options: CallOptions): Promise<QueueClearing> {
    const answer = await this.call('clearWebhooksQueue', undefined, options);
    const { isCleared, reason, leftTime } = fieldsOf(answer);
    return {
      cleared: isCleared === true,
      ...(typeof reason === 'string' && reason !== '' && { reason }),
      ...(typeof leftTime === 'number' && { retryAfterMs: leftTime * 1000 }),
    };
  }

  /** @internal Calls that wait for their turn no longer do: the connections are closed. */
  close(): void {
    this.#pacer?.close();
  }

  async #paced(
    method: string,
    request: OpenFields | undefined,
    options: MethodCallOptions,
  ): Promise<string> {
    const pacer = (this.#pacer ??= new MethodPacer(this.idInstance));
    try {
      await pacer.turn(method, options.signal);
      return await this.#connection.send({
        ...callOf(method, request, options),
        heard: (headers) => pacer.learn(method, headers[RATE_HEADER]),
      });
    } finally {
      if (request) releaseFiles(request);
    }
  }

  /** @throws {GreenApiProtocolError} if it is not JSON */
  #valueIn(method: string, text: string): unknown {
    try {
      return valueOf(text);
    } catch {
      return this.#refuse(method, text);
    }
  }

  #receivedIn(text: string): ReceivedNotification | undefined {
    const { receiptId, body } = this.#fieldsReceived(text);
    if (typeof receiptId !== 'number' && typeof receiptId !== 'string') return undefined;
    if (!RECEIPT_ID.test(String(receiptId))) {
      throw this.#unreadable('receiveNotification', 'receiptId is not a whole number');
    }
    return { receiptId: String(receiptId), body };
  }

  #fieldsReceived(text: string): OpenFields {
    try {
      return fieldsOf(valueOf(text));
    } catch {
      return this.#refuseReceived(text);
    }
  }

  /** @throws {GreenApiProtocolError} */
  #refuse(method: string, text: string): never {
    throw this.#unreadable(method, `${text.length} characters that are not JSON`);
  }

  #unreadable(method: string, detail: string): GreenApiProtocolError {
    return new GreenApiProtocolError({ method, idInstance: this.idInstance, status: 200, detail });
  }

  #refuseReceived(text: string): never {
    const receiptId = RECEIPT.exec(text)?.[1];
    if (receiptId === undefined) return this.#refuse('receiveNotification', text);
    const detail = `receipt ${receiptId}, ${text.length} characters that are not JSON`;
    throw new BrokenNotificationError(this.#broken(detail), { receiptId, text, isTooLarge: false });
  }

  #refuseTooLarge(error: AnswerTooLargeError): never {
    const { beginning: text, detail } = error;
    const receiptId = RECEIPT.exec(text)?.[1];
    if (receiptId === undefined) throw error;
    const failure = this.#broken(`receipt ${receiptId}, ${detail}`);
    throw new BrokenNotificationError(failure, { receiptId, text, isTooLarge: true });
  }

  #broken(detail: string): GreenApiFailure {
    return { method: 'receiveNotification', idInstance: this.idInstance, status: 200, detail };
  }
}

/** The value of a JSON text; undefined if it is empty. */
function valueOf(text: string): unknown {
  return text.trim() === '' ? undefined : parseJson(text);
}

/** The fields of an answer; none if it is not an object. */
function fieldsOf(value: unknown): OpenFields {
  return typeof value === 'object' && value !== null ? (value as OpenFields) : {};
}

function callOf(
  method: string,
  request: OpenFields | undefined,
  { signal, httpMethod, pathParameter, query, timeoutMs }: MethodCallOptions,
): GreenApiCall {
  const form = request && formOf(request);
  const queryOf = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) queryOf.set(name, String(value));
  return {
    method: encodeURIComponent(method),
    httpMethod: httpMethod ?? (DELETES.has(method) ? 'DELETE' : request ? 'POST' : 'GET'),
    pathParameter: pathParameter && encodeURIComponent(pathParameter),
    query: query && queryOf.toString(),
    body: form ?? request,
    deadlineMs: timeoutMs ?? (form ? UPLOAD_DEADLINE_MS : undefined),
    signal,
  };
}
