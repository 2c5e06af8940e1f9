import { isDeepStrictEqual } from 'node:util';

import type { SafeLogger } from '../../common/safe.logger.js';
import { GreenApiError, type GreenApiFailure } from '../../gateway/green-api.errors.js';
import type { ReceivedNotification } from '../../gateway/green-api.types.js';
import type { Instance } from '../../instance/instance.js';
import { idMessageOf } from '../../notification/notification.accessors.js';
import { isNotificationBody } from '../../notification/kind.guards.js';
import type { ReceivingFailure } from '../transport.js';
import { RequestBackoff } from './request-backoff.js';

/** `deleteNotification` was answered, and yet `receiveNotification` hands the same notification out again. */
export class UndeletedHeadError extends GreenApiError {
  readonly code = 'UNDELETED_HEAD';
  readonly recovery = 'backoff';

  constructor(failure: GreenApiFailure) {
    super('what was deleted is handed out again and again; it is not handled again', failure);
  }
}

/** A notification that was deleted may come once more at once, but not as fast as the network allows. */
const TIMES_WITHOUT_PAUSE = 1;

/** Watches for a head of the queue that comes again and again although it is deleted each time. */
export class RedeliveryGuard {
  private readonly backoff: RequestBackoff;
  private lastDeleted: ReceivedNotification | undefined;
  private wasConfirmed = false;
  private timesAgain = 0;

  constructor(
    private readonly instance: Instance,
    logger: SafeLogger,
  ) {
    this.backoff = new RequestBackoff('delete', instance, logger);
  }

  get failure(): ReceivingFailure | undefined {
    return this.backoff.failure;
  }

  /**
   * To be asked before a hand-out is handled: whether it is the very one that was deleted just
   * before, and not only one that looks alike.
   */
  isDeletedAlready({ body, receiptId }: ReceivedNotification): boolean {
    const { lastDeleted: last } = this;
    const isAlike = last !== undefined && isDeepStrictEqual(body, last.body);
    const isVeryOne = isAlike && receiptId === last.receiptId;
    if (isVeryOne || (isAlike && (hasId(body) || !this.wasConfirmed))) this.timesAgain += 1;
    else {
      this.timesAgain = 0;
      this.backoff.over();
    }
    return isVeryOne;
  }

  /**
   * To be told of every DELETE that was answered; then waits if that did not help before.
   *
   * @param isConfirmed whether the answer was that it is deleted, and not that there is none
   */
  async deleted(
    received: ReceivedNotification,
    isConfirmed: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    this.lastDeleted = received;
    this.wasConfirmed = isConfirmed;
    if (this.timesAgain <= TIMES_WITHOUT_PAUSE) return;
    const { idInstance } = this.instance;
    await this.backoff.sitOut(
      new UndeletedHeadError({ method: 'deleteNotification', idInstance }),
      signal,
    );
  }
}

function hasId(body: unknown): boolean {
  return isNotificationBody(body) && idMessageOf(body) !== undefined;
}
