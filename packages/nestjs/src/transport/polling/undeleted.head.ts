import type { SteadyLogger } from '../../common/steady.logger.js';
import { UndeletedHeadError } from '../../gateway/errors/undeleted-head.error.js';
import type { ReceivedNotification } from '../../gateway/received-notification.js';
import type { Instance } from '../../instance/instance.js';
import { canonicalJson } from '../../notification/common/canonical-json.js';
import { idMessageOf } from '../../notification/id-message-of.js';
import { isNotificationBody } from '../../notification/is-notification-body.js';
import { notificationKey } from '../../notification/notification-key.js';
import type { Notification } from '../../notification/notification.js';
import { GatewayTrouble } from './gateway.trouble.js';

/** A notification that was deleted may come once more at once, but not as fast as the network allows. */
const TIMES_WITHOUT_PAUSE = 1;

interface Head {
  readonly receiptId: string;
  readonly identity: string;
  /** How often in a row the same notification has come before. */
  readonly timesAgain: number;
  /** Whether it is the very hand-out that was deleted just before, and not only one that looks alike. */
  readonly isDeletedAlready: boolean;
}

/** Watches for a head of the queue that comes again and again although it is deleted each time. */
export class UndeletedHead {
  private readonly trouble: GatewayTrouble;
  private last: Head | undefined;

  constructor(
    private readonly instance: Instance,
    logger: SteadyLogger,
  ) {
    this.trouble = new GatewayTrouble(instance, logger);
  }

  /** To be told of every hand-out before it is handled. */
  look({ body, receiptId }: ReceivedNotification): Head {
    const { last } = this;
    const identity = isNotificationBody(body) ? notificationKey(body) : canonicalJson(body);
    const looksAlike = identity === last?.identity;
    const isDeletedAlready = looksAlike && receiptId === last.receiptId;
    const isSame = isDeletedAlready || (looksAlike && isNotificationBody(body) && hasId(body));
    const timesAgain = isSame && last ? last.timesAgain + 1 : 0;
    this.last = { receiptId, identity, timesAgain, isDeletedAlready };
    if (timesAgain === 0) this.trouble.over();
    return this.last;
  }

  async sitOut({ timesAgain }: Head, signal: AbortSignal): Promise<void> {
    if (timesAgain <= TIMES_WITHOUT_PAUSE) return;
    const { idInstance } = this.instance;
    await this.trouble.sitOut(
      new UndeletedHeadError({ method: 'deleteNotification', idInstance }),
      signal,
    );
  }
}

function hasId(notification: Notification): boolean {
  return idMessageOf(notification) !== undefined;
}
