import type { Delivery } from '../delivery/delivery.js';
import type { GreenApiClient } from '../gateway/green-api.client.js';
import type { Instance, TransportName } from '../instance/instance.js';
import { chatIdOf, idMessageOf } from '../notification/notification.accessors.js';
import type { Notification } from '../notification/notification.js';
import { NoChatError } from './handler.errors.js';

/**
 * What surrounds one run of one handler. `@Ctx()` gives it to a parameter, and `@Inject(REQUEST)`
 * to request-scoped providers.
 */
export class NotificationContext<N extends Notification = Notification> {
  readonly notification: N;
  readonly instance: Instance;
  readonly transport: TransportName;
  /** Polling only: names this hand-out towards GREEN-API. */
  readonly receiptId: string | undefined;
  readonly receivedAt: Date;

  /** @internal */
  constructor(
    delivery: Delivery & { readonly notification: N },
    /** Which attempt of this handler at this notification it is, from 1. */
    readonly attempt: number,
    /** Fires when nobody waits for this run any more. */
    readonly signal: AbortSignal,
  ) {
    this.notification = delivery.notification;
    this.instance = delivery.instance;
    this.transport = delivery.transport;
    this.receiptId = delivery.receiptId;
    this.receivedAt = delivery.receivedAt;
  }

  /** The GREEN-API client of the instance that the notification came from. */
  get client(): GreenApiClient {
    return this.instance.client;
  }

  /**
   * Sends a text to the chat that the notification came from.
   *
   * @param options.quote quotes the message of the notification
   * @returns the `idMessage` of the message sent
   * @throws {NoChatError} if the notification has no chat
   * @throws {GreenApiError}
   * @see GREEN-API: SendMessage
   */
  async reply(text: string, options: { readonly quote?: boolean } = {}): Promise<string> {
    const chatId = chatIdOf(this.notification);
    if (chatId === undefined) throw new NoChatError(this.notification);
    const quotedMessageId = options.quote ? idMessageOf(this.notification) : undefined;
    return this.client.sendMessage(
      { chatId, message: text, ...(quotedMessageId !== undefined && { quotedMessageId }) },
      { signal: this.signal },
    );
  }
}
