import { AccountClient } from './account.client.js';
import type { Deletion } from './deletion.js';
import { BrokenNotificationError } from './errors/broken-notification.error.js';
import { GreenApiServerError } from './errors/server.error.js';
import { ANSWER_MARGIN_MS, fieldsOf } from './json.client.js';
import type { MessageToSend } from './message-to-send.js';
import type { ReceivedNotification } from './received-notification.js';

/** Where the receipt stands in an answer that cannot be read as a whole. */
const RECEIPT = /"receiptId"\s*:\s*(\d+)/;

/**
 * The GREEN-API methods that receiving needs, of one instance, with those about the instance
 * itself, and `sendMessage` to answer.
 */
export class GreenApiClient extends AccountClient {
  /**
   * Waits for the head of the queue. Receiving does not remove it: the same one comes again until
   * it is deleted.
   *
   * @param options.receiveTimeoutSeconds how long GREEN-API waits for something to arrive, 5 to 60
   * @returns undefined if nothing arrived
   * @throws {BrokenNotificationError} if what arrived is not JSON
   * @throws {GreenApiError}
   * @see GREEN-API: ReceiveNotification
   */
  async receiveNotification(options: {
    readonly receiveTimeoutSeconds: number;
    readonly signal?: AbortSignal;
  }): Promise<ReceivedNotification | undefined> {
    const { receiveTimeoutSeconds, signal } = options;
    const text = await this.text('receiveNotification', {
      httpMethod: 'GET',
      query: { receiveTimeout: String(receiveTimeoutSeconds) },
      deadlineMs: receiveTimeoutSeconds * 1000 + ANSWER_MARGIN_MS,
      signal,
    });
    const { receiptId, body } = fieldsOf(text) ?? this.refuseReceived(text);
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
      const { result, reason } = await this.fields('deleteNotification', {
        httpMethod: 'DELETE',
        pathParameter: receiptId,
        signal: options.signal,
      });
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
    const { idMessage } = await this.fields('sendMessage', {
      httpMethod: 'POST',
      body: message,
      signal: options.signal,
    });
    if (typeof idMessage !== 'string') throw this.unreadable('sendMessage', 'no idMessage');
    return idMessage;
  }

  private refuseReceived(text: string): never {
    const receiptId = RECEIPT.exec(text)?.[1];
    if (receiptId === undefined) return this.refuse('receiveNotification', text);
    const detail = `receipt ${receiptId}, ${text.length} characters that are not JSON`;
    throw new BrokenNotificationError(
      { method: 'receiveNotification', idInstance: this.idInstance, status: 200, detail },
      receiptId,
      text,
    );
  }
}
