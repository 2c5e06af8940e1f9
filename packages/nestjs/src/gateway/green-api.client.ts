import type { Dispatcher } from 'undici';

import type { Deletion } from './deletion.js';
import { GreenApiServerError } from './errors/server.error.js';
import { GreenApiProtocolError } from './errors/protocol.error.js';
import type { GreenApiCall } from './green-api.call.js';
import { GreenApiConnection } from './green-api.connection.js';
import type { InstanceCredentials } from './instance-credentials.js';
import type { MessageToSend } from './message-to-send.js';
import { parseJson } from './parse-json.js';
import type { ReceivedNotification } from './received-notification.js';

/** How long an answer may take beyond the time that GREEN-API itself was asked to wait. */
const ANSWER_MARGIN_MS = 10_000;

/** The GREEN-API methods that receiving needs, of one instance, and `sendMessage` to answer. */
export class GreenApiClient {
  readonly idInstance: string;
  readonly #connection: GreenApiConnection;

  constructor(credentials: InstanceCredentials, dispatcher: Dispatcher) {
    this.idInstance = credentials.idInstance;
    this.#connection = new GreenApiConnection(credentials, dispatcher);
  }

  /**
   * Waits for the head of the queue. Receiving does not remove it: the same one comes again until
   * it is deleted.
   *
   * @param options.receiveTimeoutSeconds how long GREEN-API waits for something to arrive, 5 to 60
   * @returns undefined if nothing arrived
   * @throws {GreenApiError}
   * @see GREEN-API: ReceiveNotification
   */
  async receiveNotification(options: {
    readonly receiveTimeoutSeconds: number;
    readonly signal?: AbortSignal;
  }): Promise<ReceivedNotification | undefined> {
    const { receiveTimeoutSeconds, signal } = options;
    const answer = await this.#json('receiveNotification', {
      httpMethod: 'GET',
      query: { receiveTimeout: String(receiveTimeoutSeconds) },
      deadlineMs: receiveTimeoutSeconds * 1000 + ANSWER_MARGIN_MS,
      signal,
    });
    const { receiptId, body } = fieldsOf(answer);
    if (typeof receiptId !== 'number' && typeof receiptId !== 'string') return undefined;
    return { receiptId: String(receiptId), body };
  }

  /**
   * Removes a notification from the queue, which acknowledges it.
   *
   * @throws {GreenApiError}
   * @see GREEN-API: DeleteNotification
   */
  async deleteNotification(
    receiptId: string,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<Deletion> {
    try {
      const answer = await this.#json('deleteNotification', {
        httpMethod: 'DELETE',
        pathParameter: receiptId,
        signal: options.signal,
      });
      const { result, reason } = fieldsOf(answer);
      return { deleted: result === true, ...(typeof reason === 'string' && { reason }) };
    } catch (error) {
      // GREEN-API also says this way that it has no such notification.
      if (error instanceof GreenApiServerError && error.detail?.includes('findUnAckedMessage')) {
        return { deleted: false, reason: error.detail };
      }
      throw error;
    }
  }

  /**
   * Sends a text message.
   *
   * @returns the `idMessage` of the message sent
   * @throws {GreenApiError}
   * @see GREEN-API: SendMessage
   */
  async sendMessage(
    message: MessageToSend,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<string> {
    const answer = await this.#json('sendMessage', {
      httpMethod: 'POST',
      body: message,
      signal: options.signal,
    });
    const { idMessage } = fieldsOf(answer);
    if (typeof idMessage !== 'string') throw this.#unreadable('sendMessage', 'no idMessage');
    return idMessage;
  }

  /** `text` without this instance's token, for logs. */
  redact(text: string): string {
    return this.#connection.redact(text);
  }

  async #json(
    method: string,
    call: Omit<GreenApiCall, 'method' | 'deadlineMs'> & { readonly deadlineMs?: number },
  ): Promise<unknown> {
    const text = await this.#connection.send({ deadlineMs: ANSWER_MARGIN_MS, ...call, method });
    if (text.trim() === '') return null;
    try {
      return parseJson(text);
    } catch {
      throw this.#unreadable(method, `${text.length} characters that are not JSON`);
    }
  }

  #unreadable(method: string, detail: string): GreenApiProtocolError {
    return new GreenApiProtocolError({ method, idInstance: this.idInstance, status: 200, detail });
  }
}

function fieldsOf(answer: unknown): Readonly<Record<string, unknown>> {
  return typeof answer === 'object' && answer !== null
    ? (answer as Readonly<Record<string, unknown>>)
    : {};
}
