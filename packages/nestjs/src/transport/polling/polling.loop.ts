import { pause } from '../../common/pause.js';
import { SteadyLogger } from '../../common/steady.logger.js';
import type { NotificationIntake } from '../../delivery/notification.intake.js';
import { BrokenNotificationError } from '../../gateway/errors/broken-notification.error.js';
import type { ReceivedNotification } from '../../gateway/received-notification.js';
import type { Instance } from '../../instance/instance.js';
import { GatewayTrouble } from './gateway.trouble.js';
import { ALREADY_GONE } from './polling.messages.js';
import { RequestPace } from './request.pace.js';
import { UndeletedHead } from './undeleted.head.js';

/** An idle queue is asked at most once in this time, even if GREEN-API answers at once. */
const SHORTEST_TURN_MS = 1000;
const BROKEN_AFTER_TIMES = 3;
const CUT_OFF_FOR_GOOD_AFTER_MS = 10 * 60_000;

/**
 * Receives from one instance: takes the head of the queue, has it handled, deletes it, and only
 * then takes the next.
 */
export class PollingLoop {
  private readonly logger = new SteadyLogger('GreenNotifications');
  private readonly trouble: GatewayTrouble;
  private readonly pace = new RequestPace();
  private readonly undeletedHead: UndeletedHead;
  private isGoneReported = false;
  /** What could not be read the last time, and how often in a row. */
  private broken:
    { readonly text: string; readonly times: number; readonly sinceMs: number } | undefined;
  /** Aborted when nothing more is to be received. */
  private readonly stopping = new AbortController();
  /** Aborted when even what is finished is to be left undeleted. */
  private readonly leaving = new AbortController();

  constructor(
    private readonly instance: Instance,
    private readonly intake: NotificationIntake,
    private readonly receiveTimeoutSeconds: number,
  ) {
    this.trouble = new GatewayTrouble(instance, this.logger);
    this.undeletedHead = new UndeletedHead(instance, this.logger);
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

  /** Takes one notification down its whole road; false if there was none to take. */
  private async turn(): Promise<boolean> {
    const received = await this.receive();
    if (received === undefined) return false;
    const head = this.undeletedHead.look(received);
    if (head.isDeletedAlready || (await this.isDone(received))) {
      await this.delete(received, head.timesAgain === 0);
    }
    await this.undeletedHead.sitOut(head, this.stopping.signal);
    return true;
  }

  private async receive(): Promise<ReceivedNotification | undefined> {
    await this.pace.next(this.stopping.signal);
    try {
      const received = await this.instance.client.receiveNotification({
        receiveTimeoutSeconds: this.receiveTimeoutSeconds,
        signal: this.stopping.signal,
      });
      this.trouble.over();
      return received;
    } catch (error) {
      if (error instanceof BrokenNotificationError && this.isBrokenForGood(error)) {
        return { receiptId: error.receiptId, body: error.text };
      }
      await this.trouble.sitOut(error, this.stopping.signal);
      return undefined;
    }
  }

  /**
   * An answer may be damaged on its way, so only one that stays the same counts as broken itself;
   * one whose end is missing, only if that lasts.
   */
  private isBrokenForGood({ text, looksCutOff }: BrokenNotificationError): boolean {
    const { broken: last } = this;
    const isSame = text === last?.text;
    const times = isSame ? last.times + 1 : 1;
    const sinceMs = isSame ? last.sinceMs : performance.now();
    this.broken = { text, times, sinceMs };
    const lastsMs = performance.now() - sinceMs;
    return times >= BROKEN_AFTER_TIMES && (!looksCutOff || lastsMs >= CUT_OFF_FOR_GOOD_AFTER_MS);
  }

  /** Has it handled, again and again if need be; false if it stays with GREEN-API. */
  private async isDone({ body, receiptId }: ReceivedNotification): Promise<boolean> {
    const { instance } = this;
    const receivedAt = new Date();
    for (;;) {
      const outcome = await this.intake.accept({
        body,
        instance,
        transport: 'polling',
        receiptId,
        receivedAt,
      });
      if (outcome.result !== 'retry') return true;
      await pause(outcome.retryAfterMs, this.stopping.signal);
      if (this.stopping.signal.aborted) return false;
    }
  }

  /** Deletes, again and again if need be: what is handled must not be handed out for ever. */
  private async delete(
    { receiptId, body }: ReceivedNotification,
    isFirstTime: boolean,
  ): Promise<void> {
    for (let attempt = 1; !this.leaving.signal.aborted; attempt += 1) {
      try {
        const { deleted } = await this.instance.client.deleteNotification(receiptId, {
          signal: this.leaving.signal,
        });
        this.trouble.over();
        if (deleted) {
          this.isGoneReported = false;
          await this.intake.deleted(body);
        } else if (isFirstTime && attempt === 1) this.reportGone();
        return;
      } catch (error) {
        await this.trouble.sitOut(error, this.leaving.signal);
      }
    }
  }

  /** Once for all that are gone one after the other. */
  private reportGone(): void {
    if (!this.isGoneReported) this.logger.warn(ALREADY_GONE(this.instance));
    this.isGoneReported = true;
  }
}
