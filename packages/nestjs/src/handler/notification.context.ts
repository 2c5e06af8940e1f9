import type { Delivery } from '../delivery/delivery.js';
import type { InboxJob } from '../delivery/inbox/inbox-job.js';
import type { RunCancellation } from '../delivery/notification.handler.js';
import type { GreenApiClient } from '../gateway/green-api.client.js';
import type { Instance, TransportName } from '../instance/instance.js';
import { chatIdOf, idMessageOf } from '../notification/notification.accessors.js';
import type { Notification } from '../notification/notification.js';
import { NoChatError, NoInboxError } from './handler.errors.js';

/**
 * The context of one run of one handler: the notification, its instance, the attempt. A handler
 * gets it with `@Ctx()`, a request-scoped provider with `@Inject(REQUEST)`.
 */
export class NotificationContext<N extends Notification = Notification> {
  readonly notification: N;
  readonly instance: Instance;
  readonly transport: TransportName;
  /** The `receiptId` of ReceiveNotification; undefined with the webhook. */
  readonly receiptId: string | undefined;
  readonly receivedAt: Date;
  readonly #job: InboxJob | undefined;

  /** @internal */
  constructor(
    delivery: Delivery & { readonly notification: N },
    /** The number of this handler's attempt at this notification, starting at 1. */
    readonly attempt: number,
    private readonly cancellation: RunCancellation,
    private readonly handler: string,
  ) {
    this.notification = delivery.notification;
    this.instance = delivery.instance;
    this.transport = delivery.transport;
    this.receiptId = delivery.receiptId;
    this.receivedAt = delivery.receivedAt;
    this.#job = delivery.job;
  }

  /**
   * Fires when the result of this run is no longer awaited: its time-out is over, receiving has
   * stopped, or the instance was removed.
   */
  get signal(): AbortSignal {
    return this.cancellation.signal;
  }

  /** The GREEN-API client of the instance that received the notification. */
  get client(): GreenApiClient {
    return this.instance.client;
  }

  /**
   * Runs `work` in a database transaction of the inbox, which also records that this handler has
   * succeeded, or in a redrive discards the letter: both are committed, or neither. So what `work` writes with the transaction happens
   * exactly once, even if the process ends at any moment. What the handler does afterwards does not
   * change its result, so call it last.
   *
   * ```ts
   * await context.transaction<PoolClient>((client) => client.query('INSERT …'));
   * ```
   *
   * @param work gets the transaction of the inbox's database: see the page of the inbox
   * @returns what `work` returns
   * @throws {NoInboxError} without the option `inbox`, and in the redrive of a dead letter that is not
   * in the inbox
   * @throws an error if another process has taken the notification over, or the database fails:
   * nothing is committed then
   */
  // oxlint-disable-next-line no-unnecessary-type-parameters -- the caller knows its database
  transaction<Transaction = unknown, Result = unknown>(
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result> {
    if (!this.#job) return Promise.reject(new NoInboxError(this.handler));
    return this.#job.transaction(
      this.handler,
      (transaction) => work(transaction as Transaction),
      this.signal,
    );
  }

  /**
   * Sends a text to the chat that the notification came from.
   *
   * @param options.quote whether to quote the message of the notification. Default: false. A
   * notification without an `idMessage` is not quoted.
   * @returns the `idMessage` of the sent message
   * @throws {NoChatError} if the notification has no chat
   * @throws {GreenApiError} if GREEN-API does not send the text
   * @throws the reason of `signal`, if it has fired or fires before GREEN-API answers
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
