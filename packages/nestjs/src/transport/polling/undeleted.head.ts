import type { SteadyLogger } from '../../common/steady.logger.js';
import { UndeletedHeadError } from '../../gateway/errors/undeleted-head.error.js';
import type { ReceivedNotification } from '../../gateway/received-notification.js';
import type { Instance } from '../../instance/instance.js';
import { isNotificationBody } from '../../notification/is-notification-body.js';
import { notificationKey } from '../../notification/notification-key.js';
import { GatewayTrouble } from './gateway.trouble.js';

/** A notification that was deleted may come once more at once, but not as fast as the network allows. */
const TIMES_WITHOUT_PAUSE = 1;

/** Watches for a head of the queue that comes again and again although it is deleted each time. */
export class UndeletedHead {
  private readonly trouble: GatewayTrouble;
  private last: { readonly identity: string; readonly timesAgain: number } | undefined;

  constructor(
    private readonly instance: Instance,
    logger: SteadyLogger,
  ) {
    this.trouble = new GatewayTrouble(instance, logger);
  }

  /** How often in a row this has come again; 0 if it is another than the last. */
  timesAgain({ body, receiptId }: ReceivedNotification): number {
    const identity = isNotificationBody(body) ? notificationKey(body) : receiptId;
    const timesAgain = identity === this.last?.identity ? this.last.timesAgain + 1 : 0;
    this.last = { identity, timesAgain };
    if (timesAgain === 0) this.trouble.over();
    return timesAgain;
  }

  async sitOut(timesAgain: number, signal: AbortSignal): Promise<void> {
    if (timesAgain <= TIMES_WITHOUT_PAUSE) return;
    const { idInstance } = this.instance;
    await this.trouble.sitOut(
      new UndeletedHeadError({ method: 'deleteNotification', idInstance }),
      signal,
    );
  }
}
