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

/** An idle queue is asked at most once in this time, even if GREEN-API answers at once. */
const SHORTEST_TURN_MS = 1000;
/** However late a handler wants to run again: GREEN-API may drop the notification in the meantime. */
const LONGEST_RETRY_PAUSE_MS = 60_000;
const BROKEN_AFTER_TIMES = 3;
const CUT_OFF_FOR_GOOD_AFTER_MS = 10 * 60_000;

/**
 * Receives from one instance: takes the head of the queue, has it handled, deletes it, and only
 * then takes the next.
 *
 * The queue is the truth. After a failed attempt the loop waits and receives again, and goes on
 * with whatever is the head by then: GREEN-API may have dropped what it held before.
 */
export class PollingLoop {
  private readonly logger = new SafeLogger('GreenNotifications');
  /** Apart, so that an answered GET does not end the back-off of a DELETE that keeps failing. */
  private readonly receiving: RequestBackoff;
  private readonly deleting: RequestBackoff;
  private readonly redeliveries: RedeliveryGuard;
  private readonly pace = new RequestPace();
  private lastAnswer: LastAnswer | undefined;
  private isGoneReported = false;
  /** What could not be read the last time, and how often in a row. */
  private broken:
    { readonly identity: string; readonly times: number; readonly sinceMs: number } | undefined;
  /** Aborted when nothing more is to be received. */
  private readonly stopping = new AbortController();
  /** Aborted when even what is finished is to be left undeleted. */
  private readonly leaving = new AbortController();

  constructor(
    private readonly instance: Instance,
    private readonly intake: NotificationIntake,
    private readonly receiveTimeoutSeconds: number,
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

  /** Receives, after a while, until `stop` is called; resolves when the last notification is settled. */
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

  /** Receives no more; what is being handled is still settled. */
  stop(): void {
    this.stopping.abort();
  }

  /** Gives up on settling: GREEN-API keeps what is not deleted yet. */
  leave(): void {
    this.leaving.abort();
  }

  /** One turn; whatever may throw, the next one comes after a pause. */
  private async turn(): Promise<boolean> {
    try {
      return await this.takeOne();
    } catch (error) {
      await this.receiving.sitOut(error, this.stopping.signal);
      return false;
    }
  }

  /** Takes one notification down its whole road; false if there was none to take. */
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
        receiveTimeoutSeconds: this.receiveTimeoutSeconds,
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
   * An answer may be damaged on its way, so only one that stays the same counts as broken itself;
   * one whose end is missing, only if that lasts.
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

  /** Makes one attempt; false if it stays with GREEN-API, to be received again after a pause. */
  private async isDone(raw: RawDelivery): Promise<boolean> {
    const outcome = await this.intake.accept(raw);
    if (outcome.result !== 'retry') return true;
    const pauseMs = Math.min(outcome.retryAfterMs, LONGEST_RETRY_PAUSE_MS);
    await pause(pauseMs, this.stopping.signal);
    return false;
  }

  /** Deletes, again and again if need be: what is handled must not be handed out for ever. */
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

  /** Once for all that are gone one after the other. */
  private reportGone(): void {
    if (!this.isGoneReported) this.logger.warn(ALREADY_GONE(this.instance));
    this.isGoneReported = true;
  }
}
