import type { Dispatcher } from 'undici';

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
import { MethodPacer } from './method.pacer.js';
import { parseJson } from './parse-json.js';

type JsonFields = Readonly<Record<string, unknown>>;

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

/**
 * Calls GREEN-API methods of one instance: those that this library needs. GREEN-API allows most of
 * them once a second. The methods about the instance itself, such as `getSettings`, therefore wait
 * until they may be called again.
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
      const { result, reason } = await this.#fields({
        method: 'deleteNotification',
        httpMethod: 'DELETE',
        pathParameter: encodeURIComponent(receiptId),
        signal: options.signal,
        cancellation: options.cancellation,
        over: options.over,
      });
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
   * Sends a text message.
   *
   * @returns the `idMessage` of the sent message
   * @throws {GreenApiError}
   * @see GREEN-API: SendMessage
   */
  async sendMessage(message: MessageToSend, options: CallOptions = {}): Promise<string> {
    const { idMessage } = await this.#fields({
      method: 'sendMessage',
      httpMethod: 'POST',
      body: message,
      signal: options.signal,
    });
    if (typeof idMessage !== 'string') throw this.#unreadable('sendMessage', 'no idMessage');
    return idMessage;
  }

  /**
   * Reads the settings of the instance.
   *
   * @throws {GreenApiError}
   * @see GREEN-API: GetSettings
   */
  async getSettings(options: CallOptions = {}): Promise<InstanceSettings> {
    return this.#paced({ method: 'getSettings', httpMethod: 'GET', ...options });
  }

  /**
   * Changes the given settings; all others keep their values. The instance restarts, and the change
   * takes effect within 5 minutes.
   *
   * @throws {GreenApiError} also if the answer does not confirm that the settings were saved
   * @see GREEN-API: SetSettings
   */
  async setSettings(changes: InstanceSettings, options: CallOptions = {}): Promise<void> {
    const { saveSettings } = await this.#paced({
      method: 'setSettings',
      httpMethod: 'POST',
      body: changes,
      ...options,
    });
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
    const { stateInstance } = await this.#paced({
      method: 'getStateInstance',
      httpMethod: 'GET',
      ...options,
    });
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
    const answer = await this.#paced({ method: 'getWebhooksCount', httpMethod: 'GET', ...options });
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
    const { isCleared, reason, leftTime } = await this.#paced({
      method: 'clearWebhooksQueue',
      httpMethod: 'DELETE',
      ...options,
    });
    return {
      cleared: isCleared === true,
      ...(typeof reason === 'string' && reason !== '' && { reason }),
      ...(typeof leftTime === 'number' && { retryAfterMs: leftTime * 1000 }),
    };
  }

  async #paced(call: GreenApiCall): Promise<JsonFields> {
    this.#pacer ??= new MethodPacer();
    await this.#pacer.turn(call.method, call.signal);
    return this.#fields(call);
  }

  /** The fields of the answer; none if it is empty or not an object. */
  async #fields(call: GreenApiCall): Promise<JsonFields> {
    const text = await this.#connection.send(call);
    return fieldsOf(text) ?? this.#refuse(call.method, text);
  }

  #receivedIn(text: string): ReceivedNotification | undefined {
    const { receiptId, body } = fieldsOf(text) ?? this.#refuseReceived(text);
    if (typeof receiptId !== 'number' && typeof receiptId !== 'string') return undefined;
    if (!RECEIPT_ID.test(String(receiptId))) {
      throw this.#unreadable('receiveNotification', 'receiptId is not a whole number');
    }
    return { receiptId: String(receiptId), body };
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

/** The fields of a JSON text; none if it is empty or not an object, undefined if it is not JSON. */
function fieldsOf(text: string): JsonFields | undefined {
  if (text.trim() === '') return {};
  try {
    const value = parseJson(text);
    return typeof value === 'object' && value !== null ? (value as JsonFields) : {};
  } catch {
    return undefined;
  }
}
