import { isDeepStrictEqual } from 'node:util';

import type { SafeLogger } from '../../common/safe.logger.js';
import { GreenApiError, type GreenApiFailure } from '../../gateway/green-api.errors.js';
import type { ReceivedNotification } from '../../gateway/green-api.types.js';
import type { Instance } from '../../instance/instance.js';
import { idMessageOf } from '../../notification/notification.accessors.js';
import { isNotificationBody } from '../../notification/kind.guards.js';
import type { ReceivingFailure } from '../transport.js';
import { RequestBackoff } from './request-backoff.js';

/**
 * `deleteNotification` succeeded, but `receiveNotification` returns the same notification again.
 */
export class UndeletedHeadError extends GreenApiError {
  readonly code = 'UNDELETED_HEAD';
  readonly recovery = 'backoff';

  constructor(failure: GreenApiFailure) {
    super('a deleted notification is received again and again; it is not handled again', failure);
  }
}

/** The first repeat is deleted without a pause; each later one waits. */
const TIMES_WITHOUT_PAUSE = 1;

/**
 * Detects that GREEN-API returns the first notification of the queue again and again although each
 * DELETE is answered.
 */
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
   * Whether `received` is the notification that was deleted just before, under the same
   * `receiptId`. Such a notification is deleted again and not handled. Must be called for each
   * notification before it is handled.
   */
  isDeletedAlready({ body, receiptId }: ReceivedNotification): boolean {
    const { lastDeleted: last } = this;
    const hasSameBody = last !== undefined && isDeepStrictEqual(body, last.body);
    const isSameHandOut = hasSameBody && receiptId === last.receiptId;
    if (isSameHandOut || (hasSameBody && (hasId(body) || !this.wasConfirmed))) this.timesAgain += 1;
    else {
      this.timesAgain = 0;
      this.backoff.over();
    }
    return isSameHandOut;
  }

  /**
   * Must be called after each DELETE that GREEN-API answered. Waits if the same notification keeps
   * coming.
   *
   * @param isConfirmed true if the answer was `"result": true`
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
