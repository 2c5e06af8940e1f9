import { SafeLogger } from '../common/safe.logger.js';
import { sha256 } from '../common/sha256.js';
import { withDeadline } from '../common/waits.js';
import type { Delivery } from '../delivery/delivery.js';
import type { InboxJob } from '../delivery/inbox/inbox-job.js';
import type { RunCancellation, RunMemory } from '../delivery/notification.handler.js';
import { RememberedResults } from '../delivery/remembered-results.js';
import { releaseFiles } from '../gateway/file-to-send.js';
import type { GreenApiClient } from '../gateway/green-api.client.js';
import { TYPING_TIME_MS } from '../gateway/green-api.limits.js';
import type { Instance, TransportName } from '../instance/instance.js';
import { chatIdOf, idMessageOf, messengerOf } from '../notification/notification.accessors.js';
import type { Notification } from '../notification/notification.js';
import { NoChatError, NoInboxError } from './handler.errors.js';
import { REPLY_NOT_REPEATED, TYPING_NOT_SHOWN } from './handler.messages.js';
import { comparable, replyCallOf, type ReplyContent, type ReplyOptions } from './reply.js';

const logger = new SafeLogger('GreenNotifications');

/** How long a reply waits until GREEN-API has taken the call that shows "typing…". */
const TYPING_DEADLINE_MS = 5000;

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
  readonly #memory: RunMemory;
  #replies = 0;

  /** @internal */
  constructor(
    delivery: Delivery & { readonly notification: N },
    /** The number of this handler's attempt at this notification, starting at 1. */
    readonly attempt: number,
    private readonly cancellation: RunCancellation,
    private readonly handler: string,
    memory: RunMemory,
  ) {
    this.notification = delivery.notification;
    this.instance = delivery.instance;
    this.transport = delivery.transport;
    this.receiptId = delivery.receiptId;
    this.receivedAt = delivery.receivedAt;
    this.#job = delivery.job;
    this.#memory = memory;
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
   * succeeded, or in a redrive discards the letter: both are committed, or neither. So what `work`
   * writes with the transaction happens exactly once, even if the process ends at any moment. What
   * the handler does afterwards does not change its result, so call it last.
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
   * Runs `work` once for this notification and this handler. A later attempt gets the result of the
   * earlier one, and does not run it again. Use it for effects that must not be repeated when the
   * handler fails afterwards: an order, a payment, a message.
   *
   * ```ts
   * const order = await context.once('order', () => this.shop.order(text));
   * ```
   *
   * The result is remembered until the handler has succeeded: with an inbox in its database, without
   * one in memory. It happens again if the process ends after `work` and before the result is
   * stored; without an inbox, whenever the process ends before the handler has succeeded. `work`
   * that fails runs again.
   *
   * @param name different for each work of this handler
   * @returns what JSON keeps of the result of `work`, in the first attempt, too
   * @throws the error of `work`
   * @throws {ResultNotRememberedError} if the result is no JSON; `work` is not repeated then
   * @throws the reason of `signal`, if it has fired before `work` begins
   */
  once<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    return this.remembered(`once ${name}`, work);
  }

  /**
   * Sends a text, a file, a location, a poll or a contact to the chat that the notification came
   * from. A later attempt does not send it again: the replies of a handler are counted, and each is
   * sent once, as by `once`.
   *
   * ```ts
   * await context.reply('Thank you!', { quote: true });
   * await context.reply({ poll: 'Pizza?', options: ['yes', 'no'] });
   * await context.reply({ file: { url: 'https://example.com/menu.pdf', name: 'menu.pdf' } });
   * ```
   *
   * @param content a text, or an object with one of `text`, `file`, `location`, `poll`, `contact`
   * @returns the `idMessage` of the sent message
   * @throws {NoChatError} if the notification has no chat
   * @throws {InvalidReplyError} if the object has none of these, or several
   * @throws {GreenApiError} if GREEN-API does not send it
   * @throws the reason of `signal`, if it has fired or fires before GREEN-API answers
   * @see GREEN-API: SendMessage, SendFileByUrl, SendFileByUpload, SendLocation, SendPoll,
   * SendContact, SendTyping
   */
  async reply(content: string | ReplyContent, options: ReplyOptions = {}): Promise<string> {
    try {
      return await this.sendOnce(content, options);
    } finally {
      // The call closes its file, but a reply that was sent before makes no call.
      if (typeof content === 'object') releaseFiles(content);
    }
  }

  private async sendOnce(
    content: string | ReplyContent,
    { quote = false, once, linkPreview, typingMs }: ReplyOptions,
  ): Promise<string> {
    const chatId = chatIdOf(this.notification);
    if (chatId === undefined) throw new NoChatError(this.notification);
    const { method, request } = replyCallOf(
      typeof content === 'string' ? { text: content, linkPreview } : content,
      { chatId, quotedMessageId: quote ? idMessageOf(this.notification) : undefined },
      messengerOf(this.notification),
    );
    this.#replies += 1;
    const { signal } = this;
    const digest = sha256(comparable(request));
    const sent = await this.remembered(`reply ${once ?? this.#replies}`, async () => {
      if (typingMs !== undefined) await this.showTyping(chatId, typingMs);
      const { idMessage } = await this.client.call(method, request, { signal });
      return { idMessage, digest };
    });
    if (sent.digest !== digest) {
      logger.warn(REPLY_NOT_REPEATED(this.handler, once ?? this.#replies, this.attempt));
    }
    return sent.idMessage;
  }

  /** A reply is worth more than the sign that it is being typed, so no failure of it counts. */
  private async showTyping(chatId: string, typingMs: number): Promise<void> {
    const { min, max } = TYPING_TIME_MS;
    const typingTime = Math.min(max, Math.max(min, Math.round(typingMs)));
    try {
      await withDeadline(TYPING_DEADLINE_MS, this.signal, (signal) =>
        this.client.call('sendTyping', { chatId, typingTime }, { signal }),
      );
    } catch (error) {
      this.signal.throwIfAborted();
      logger.debug(TYPING_NOT_SHOWN(this.handler, error));
    }
  }

  private async remembered<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    this.#memory.remembered ??= new RememberedResults();
    return this.#memory.remembered.once(name, work, async (result) =>
      this.#job?.remember(this.handler, name, result),
    );
  }
}
