import type { Dispatcher } from 'undici';

import { Cancellation } from '../../common/cancellation.js';
import type { SafeLogger } from '../../common/safe.logger.js';
import type { NotificationIntake, RawDelivery } from '../../delivery/notification.intake.js';
import { BrokenNotificationError, GreenApiNetworkError } from '../../gateway/green-api.errors.js';
import type { ReceivedNotification } from '../../gateway/green-api.types.js';
import type { Instance } from '../../instance/instance.js';
import type { LastAnswer, ReceivingHealth } from '../transport.js';
import { Overlap } from './overlap.js';
import { ALREADY_GONE } from './polling.messages.js';
import { hasId, RedeliveryGuard } from './redelivery-guard.js';
import { codeOf, isClosed, RequestBackoff } from './request-backoff.js';
import { RequestPace } from './request-pace.js';

/**
 * With an empty queue, the next receive starts no sooner than this, even if GREEN-API answers at
 * once.
 */
const SHORTEST_TURN_MS = 1000;
/**
 * We wait at most this long before we receive again, even if the retry is later: GREEN-API may have
 * dropped the notification.
 */
const LONGEST_RETRY_PAUSE_MS = 60_000;
const BROKEN_AFTER_TIMES = 3;
const CUT_OFF_FOR_GOOD_AFTER_MS = 10 * 60_000;

export interface ReceiveLimits {
  /** How long one call waits for a notification. */
  readonly receiveTimeoutSeconds: number;
  /** The largest answer that is read. */
  readonly answerLimitBytes: number;
  /** Whether the next GET may be sent before the DELETE is answered. */
  readonly overlap: 'auto' | 'never';
}

/**
 * The polling loop of one instance. It receives the notification at the head of GREEN-API's queue,
 * passes it to the intake, and deletes it if the outcome allows. Only then does it receive the next
 * one.
 *
 * GREEN-API returns the same head until it is deleted, so the loop never retries a notification
 * from memory. After a failed attempt it waits, receives again, and handles the current head. That
 * may be another notification, because GREEN-API may have dropped the first one.
 *
 * The next GET is usually sent behind the DELETE, before that is answered; see `Overlap`. Its answer
 * counts only if the DELETE succeeds. Otherwise it is dropped, and the DELETE is repeated alone.
 *
 * `stop` ends receiving, while the current notification is still handled and deleted. `leave` also
 * ends deleting. An undeleted notification stays with GREEN-API.
 */
export class PollingLoop {
  /**
   * Separate back-offs, so that a successful GET does not reset the back-off of a failing DELETE.
   */
  private readonly receiving: RequestBackoff;
  private readonly deleting: RequestBackoff;
  private readonly redeliveries: RedeliveryGuard;
  private readonly pace = new RequestPace();
  private readonly overlap: Overlap;
  /** Its requests contain the token. */
  readonly #connection: Dispatcher;
  private lastAnswer: LastAnswer | undefined;
  private isGoneReported = false;
  /** The last unreadable answer, and how often it came in a row. */
  private broken:
    { readonly identity: string; readonly times: number; readonly sinceMs: number } | undefined;
  /** The GET that was sent behind a DELETE. */
  private ahead: Promise<ReceivedNotification | undefined> | undefined;
  private isDeleting = false;
  /** Fires when `stop` is called: receive nothing more. */
  private readonly stopping = new Cancellation();
  /** Fires when `leave` is called: delete nothing more, not even handled notifications. */
  private readonly leaving = new Cancellation();
  /** Ends the GET that is in progress. */
  private receivingNow = new Cancellation();

  constructor(
    private readonly instance: Instance,
    private readonly intake: NotificationIntake,
    private readonly limits: ReceiveLimits,
    private readonly logger: SafeLogger,
  ) {
    this.receiving = new RequestBackoff('receive', instance, this.logger);
    this.deleting = new RequestBackoff('delete', instance, this.logger);
    this.redeliveries = new RedeliveryGuard(instance, this.logger);
    this.overlap = new Overlap(instance, this.logger, limits.overlap === 'auto');
    this.#connection = instance.client.openQueueConnection();
  }

  get health(): ReceivingHealth {
    const { receiving, deleting, redeliveries, lastAnswer } = this;
    const failures = [receiving, deleting, redeliveries].flatMap(({ failure }) => failure ?? []);
    return { lastAnswer, failures };
  }

  /**
   * Waits `startDelayMs`, then receives until `stop`; resolves when the last notification is
   * settled.
   */
  async run(startDelayMs: number): Promise<void> {
    await this.stopping.pause(startDelayMs);
    while (!this.stopping.isAborted) {
      const startedAt = performance.now();
      const taken = await this.turn();
      if (!taken) await this.stopping.pause(SHORTEST_TURN_MS - (performance.now() - startedAt));
    }
  }

  /** Receives until the queue is empty, GREEN-API fails, or `stop` is called. */
  async drain(): Promise<void> {
    while (!this.stopping.isAborted && (await this.turn()));
  }

  /** Stops receiving. A notification that is being handled is still handled and deleted. */
  stop(): void {
    this.stopping.abort();
    // Ending the GET ends the connection, so a DELETE before it would be sent twice.
    if (!this.isDeleting) this.endReceive();
  }

  /** Stops deleting too. GREEN-API keeps everything that is not deleted yet. */
  leave(): void {
    this.leaving.abort();
    void this.#connection.destroy();
  }

  /**
   * One turn: receives, handles and deletes one notification. Returns false if there was none. If
   * something unexpected throws, waits as long as the back-off requires.
   */
  private async turn(): Promise<boolean> {
    try {
      const received = await this.receive();
      if (received === undefined) return false;
      const raw = this.rawDeliveryOf(received);
      const isDeletedAlready = this.redeliveries.isDeletedAlready(received);
      const outcome = isDeletedAlready ? undefined : await this.intake.accept(raw);
      if (outcome?.result !== 'retry') await this.delete(received, raw, isDeletedAlready);
      else await this.stopping.pause(Math.min(outcome.retryAfterMs, LONGEST_RETRY_PAUSE_MS));
      return true;
    } catch (error) {
      await this.receiving.sitOut(error, this.stopping);
      return false;
    }
  }

  private async receive(): Promise<ReceivedNotification | undefined> {
    const { ahead } = this;
    this.ahead = undefined;
    try {
      const received = await (ahead ?? this.request());
      if (this.stopping.isAborted) return undefined;
      const isStale =
        ahead !== undefined &&
        received !== undefined &&
        this.redeliveries.hasBodyOfLastDeleted(received);
      if (ahead) this.overlap.answered(isStale);
      this.receiving.over();
      this.answered(received === undefined ? 'nothing' : 'notification');
      if (isStale) return await this.receive();
      if (received === undefined) await this.intake.emptied(this.instance);
      return received;
    } catch (error) {
      if (this.stopping.isAborted) return undefined;
      if (ahead && isUnanswered(error)) this.overlap.unanswered();
      this.answered(codeOf(error));
      if (error instanceof BrokenNotificationError && this.isBrokenForGood(error)) {
        return { receiptId: error.receiptId, body: error.text };
      }
      const isFirst = this.receiving.failure === undefined;
      await this.receiving.sitOut(error, this.stopping);
      return isFirst && isClosed(error) ? await this.receive() : undefined;
    }
  }

  private request(): Promise<ReceivedNotification | undefined> {
    const { receivingNow } = this;
    const wait = this.pace.next(this.stopping);
    return wait ? wait.then(() => this.requestNow(receivingNow)) : this.requestNow(receivingNow);
  }

  private requestNow(cancellation: Cancellation): Promise<ReceivedNotification | undefined> {
    if (this.stopping.isAborted || cancellation.isAborted) return Promise.resolve(undefined);
    return this.instance.client.receiveNotification({
      receiveTimeoutSeconds: this.limits.receiveTimeoutSeconds,
      answerLimitBytes: this.limits.answerLimitBytes,
      cancellation,
      over: this.#connection,
    });
  }

  private requestAhead(): void {
    this.ahead = this.request();
    // It is awaited later, or never.
    this.ahead.catch(() => undefined);
  }

  /** Drops the answer of the GET that was sent behind a DELETE. */
  private dropAhead(): void {
    if (this.ahead) this.endReceive();
    this.ahead = undefined;
  }

  private endReceive(): void {
    this.receivingNow.abort();
    this.receivingNow = new Cancellation();
  }

  /**
   * True if the notification itself is broken. A network fault may damage an answer, so the same
   * broken answer must come three times in a row. If its end seems to be missing, it must arrive
   * cut off for ten minutes.
   */
  private isBrokenForGood({ identity, looksCutOff }: BrokenNotificationError): boolean {
    const { broken: last } = this;
    const isSame = identity === last?.identity;
    const times = isSame ? last.times + 1 : 1;
    const sinceMs = isSame ? last.sinceMs : performance.now();
    this.broken = { identity, times, sinceMs };
    const lastsMs = performance.now() - sinceMs;
    return times >= BROKEN_AFTER_TIMES && (!looksCutOff || lastsMs >= CUT_OFF_FOR_GOOD_AFTER_MS);
  }

  private rawDeliveryOf({ body, receiptId }: ReceivedNotification): RawDelivery {
    const { instance } = this;
    return {
      body,
      instance,
      transport: 'polling',
      receiptId,
      receivedAt: new Date(),
      redeliveryMs: 0,
    };
  }

  /**
   * Repeats DELETE until GREEN-API answers that the notification is gone, or `leave` is called.
   * Otherwise the notification would come again for ever.
   */
  private async delete(
    received: ReceivedNotification,
    raw: RawDelivery,
    isDeletedAlready: boolean,
  ): Promise<void> {
    for (let attempt = 1; !this.leaving.isAborted; attempt += 1) {
      try {
        const deleted = await this.deleteOnce(received);
        this.deleting.over();
        this.answered(deleted ? 'deleted' : 'already gone');
        if (deleted) this.isGoneReported = false;
        else if (attempt === 1 && !isDeletedAlready) this.reportGone();
        await this.intake.deleted(raw);
        return await this.redeliveries.deleted(received, deleted, this.stopping);
      } catch (error) {
        this.dropAhead();
        if (this.leaving.isAborted) return;
        this.answered(codeOf(error));
        await this.deleting.sitOut(error, this.leaving);
      }
    }
  }

  /** Sends a DELETE and, if allowed, the next GET behind it. */
  private async deleteOnce(received: ReceivedNotification): Promise<boolean> {
    const mayOverlap =
      this.overlap.isAllowed &&
      !this.deleting.failure &&
      !this.redeliveries.isRepeating &&
      // Without an id, a stale head under another receipt would pass for a new notification.
      hasId(received);
    this.isDeleting = true;
    try {
      const deletion = this.instance.client.deleteNotification(received.receiptId, {
        cancellation: this.leaving,
        over: this.#connection,
      });
      if (mayOverlap) this.requestAhead();
      return (await deletion).deleted;
    } finally {
      this.isDeleting = false;
    }
  }

  private answered(result: string): void {
    this.lastAnswer = { at: new Date(), result };
  }

  /** Warns once for a series of notifications that were already deleted. */
  private reportGone(): void {
    if (!this.isGoneReported) this.logger.warn(ALREADY_GONE(this.instance));
    this.isGoneReported = true;
  }
}

function isUnanswered(error: unknown): boolean {
  return error instanceof GreenApiNetworkError && error.reason === 'time-out';
}
