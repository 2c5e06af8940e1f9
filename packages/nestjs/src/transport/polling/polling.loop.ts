import { pause } from '../../common/waits.js';
import { SafeLogger } from '../../common/safe.logger.js';
import type { NotificationIntake, RawDelivery } from '../../delivery/notification.intake.js';
import { BrokenNotificationError } from '../../gateway/green-api.errors.js';
import type { ReceivedNotification } from '../../gateway/green-api.types.js';
import type { Instance } from '../../instance/instance.js';
import type { LastAnswer, ReceivingHealth } from '../transport.js';
import { ALREADY_GONE } from './polling.messages.js';
import { RedeliveryGuard } from './redelivery-guard.js';
import { codeOf, RequestBackoff } from './request-backoff.js';
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
 * Two signals end the loop. `stop` ends receiving, while the current notification is still handled
 * and deleted. `leave` also ends deleting. An undeleted notification stays with GREEN-API.
 */
export class PollingLoop {
  private readonly logger = new SafeLogger('GreenNotifications');
  /**
   * Separate back-offs, so that a successful GET does not reset the back-off of a failing DELETE.
   */
  private readonly receiving: RequestBackoff;
  private readonly deleting: RequestBackoff;
  private readonly redeliveries: RedeliveryGuard;
  private readonly pace = new RequestPace();
  private lastAnswer: LastAnswer | undefined;
  private isGoneReported = false;
  /** The last unreadable answer, and how often it came in a row. */
  private broken:
    { readonly identity: string; readonly times: number; readonly sinceMs: number } | undefined;
  /** Fires when `stop` is called: receive nothing more. */
  private readonly stopping = new AbortController();
  /** Fires when `leave` is called: delete nothing more, not even handled notifications. */
  private readonly leaving = new AbortController();

  constructor(
    private readonly instance: Instance,
    private readonly intake: NotificationIntake,
    private readonly limits: ReceiveLimits,
  ) {
    this.receiving = new RequestBackoff('receive', instance, this.logger);
    this.deleting = new RequestBackoff('delete', instance, this.logger);
    this.redeliveries = new RedeliveryGuard(instance, this.logger);
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
    await pause(startDelayMs, this.stopping.signal);
    while (!this.stopping.signal.aborted) {
      const startedAt = performance.now();
      const taken = await this.turn();
      if (!taken)
        await pause(SHORTEST_TURN_MS - (performance.now() - startedAt), this.stopping.signal);
    }
  }

  /** Receives until the queue is empty, GREEN-API fails, or `stop` is called. */
  async drain(): Promise<void> {
    while (!this.stopping.signal.aborted && (await this.turn()));
  }

  /** Stops receiving. A notification that is being handled is still handled and deleted. */
  stop(): void {
    this.stopping.abort();
  }

  /** Stops deleting too. GREEN-API keeps everything that is not deleted yet. */
  leave(): void {
    this.leaving.abort();
  }

  /** Runs one turn. If it throws, waits as long as the back-off requires; returns false. */
  private async turn(): Promise<boolean> {
    try {
      return await this.takeOne();
    } catch (error) {
      await this.receiving.sitOut(error, this.stopping.signal);
      return false;
    }
  }

  /** Receives, handles and deletes one notification; false if there was none. */
  private async takeOne(): Promise<boolean> {
    const received = await this.receive();
    if (received === undefined) return false;
    const raw = this.rawDeliveryOf(received);
    const isDeletedAlready = this.redeliveries.isDeletedAlready(received);
    if (isDeletedAlready || (await this.isDone(raw))) {
      await this.delete(received, raw, isDeletedAlready);
    }
    return true;
  }

  private async receive(): Promise<ReceivedNotification | undefined> {
    await this.pace.next(this.stopping.signal);
    try {
      const received = await this.instance.client.receiveNotification({
        receiveTimeoutSeconds: this.limits.receiveTimeoutSeconds,
        answerLimitBytes: this.limits.answerLimitBytes,
        signal: this.stopping.signal,
      });
      this.receiving.over();
      this.answered(received === undefined ? 'nothing' : 'notification');
      if (received === undefined) await this.intake.emptied(this.instance);
      return received;
    } catch (error) {
      if (this.stopping.signal.aborted) return undefined;
      this.answered(codeOf(error));
      if (error instanceof BrokenNotificationError && this.isBrokenForGood(error)) {
        return { receiptId: error.receiptId, body: error.text };
      }
      await this.receiving.sitOut(error, this.stopping.signal);
      return undefined;
    }
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

  /** Gives it to the intake. After `retry`: waits, then returns false. */
  private async isDone(raw: RawDelivery): Promise<boolean> {
    const outcome = await this.intake.accept(raw);
    if (outcome.result !== 'retry') return true;
    const pauseMs = Math.min(outcome.retryAfterMs, LONGEST_RETRY_PAUSE_MS);
    await pause(pauseMs, this.stopping.signal);
    return false;
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
    for (let attempt = 1; !this.leaving.signal.aborted; attempt += 1) {
      try {
        const { deleted } = await this.instance.client.deleteNotification(received.receiptId, {
          signal: this.leaving.signal,
        });
        this.deleting.over();
        this.answered(deleted ? 'deleted' : 'already gone');
        if (deleted) this.isGoneReported = false;
        else if (attempt === 1 && !isDeletedAlready) this.reportGone();
        await this.intake.deleted(raw);
        await this.redeliveries.deleted(received, deleted, this.stopping.signal);
        return;
      } catch (error) {
        if (this.leaving.signal.aborted) return;
        this.answered(codeOf(error));
        await this.deleting.sitOut(error, this.leaving.signal);
      }
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
