import { pause } from '../../common/pause.js';
import { SteadyLogger } from '../../common/steady.logger.js';
import type { NotificationStream } from '../../delivery/notification.stream.js';
import type { ReceivedNotification } from '../../gateway/received-notification.js';
import type { Instance } from '../../instance/instance.js';
import { isNotificationBody } from '../../notification/is-notification-body.js';
import { notificationKey } from '../../notification/notification-key.js';
import type { Notification } from '../../notification/notification.js';
import { GatewayTrouble } from './gateway.trouble.js';
import { ALREADY_GONE, NOT_A_NOTIFICATION } from './polling.messages.js';
import { RequestPace } from './request.pace.js';

/** An idle queue is asked at most once in this time, even if GREEN-API answers at once. */
const SHORTEST_TURN_MS = 1000;

/**
 * Receives from one instance: takes the head of the queue, has it handled, deletes it, and only
 * then takes the next.
 */
export class PollingLoop {
  private readonly logger = new SteadyLogger('GreenNotifications');
  private readonly trouble: GatewayTrouble;
  private readonly pace = new RequestPace();
  /** Aborted when nothing more is to be received. */
  private readonly stopping = new AbortController();
  /** Aborted when even what is finished is to be left undeleted. */
  private readonly leaving = new AbortController();
  /** The last notification that is done with, while it is uncertain whether GREEN-API deleted it. */
  private deletedPerhaps: string | undefined;

  constructor(
    private readonly instance: Instance,
    private readonly stream: NotificationStream,
    private readonly receiveTimeoutSeconds: number,
  ) {
    this.trouble = new GatewayTrouble(instance, this.logger);
  }

  /** Receives until `stop` is called; resolves when the last notification is settled. */
  async run(): Promise<void> {
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
    if (await this.isDone(received)) await this.delete(received.receiptId);
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
      await this.trouble.sitOut(error, this.stopping.signal);
      return undefined;
    }
  }

  /** Handles the notification, again and again if need be; false if that was given up for now. */
  private async isDone({ body, receiptId }: ReceivedNotification): Promise<boolean> {
    if (!isNotificationBody(body)) {
      this.logger.error(NOT_A_NOTIFICATION(this.instance, body));
      return true;
    }
    const key = notificationKey(body);
    if (key === this.deletedPerhaps) return true;
    this.deletedPerhaps = undefined;
    const done = await this.isAcknowledged(body, receiptId);
    if (done) this.deletedPerhaps = key;
    return done;
  }

  private async isAcknowledged(notification: Notification, receiptId: string): Promise<boolean> {
    const { instance } = this;
    const receivedAt = new Date();
    for (;;) {
      const outcome = await this.stream.deliver({
        notification,
        instance,
        transport: 'polling',
        receiptId,
        receivedAt,
      });
      if (outcome.result === 'acknowledged') return true;
      await pause(outcome.retryAfterMs, this.stopping.signal);
      if (this.stopping.signal.aborted) return false;
    }
  }

  /** Deletes, again and again if need be: what is handled must not be handed out for ever. */
  private async delete(receiptId: string): Promise<void> {
    for (let attempt = 1; !this.leaving.signal.aborted; attempt += 1) {
      try {
        const { deleted } = await this.instance.client.deleteNotification(receiptId, {
          signal: this.leaving.signal,
        });
        this.trouble.over();
        if (deleted) this.deletedPerhaps = undefined;
        else if (attempt === 1) this.logger.warn(ALREADY_GONE(this.instance));
        return;
      } catch (error) {
        await this.trouble.sitOut(error, this.leaving.signal);
      }
    }
  }
}
