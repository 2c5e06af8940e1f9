import { isDeepStrictEqual } from 'node:util';

import type { Cancellation } from '../../common/cancellation.js';
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
class UndeletedHeadError extends GreenApiError {
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
  /** Most instances never need it. */
  private backoff: RequestBackoff | undefined;
  private lastDeleted: ReceivedNotification | undefined;
  private wasConfirmed = false;
  private timesAgain = 0;

  constructor(
    private readonly instance: Instance,
    private readonly logger: SafeLogger,
  ) {}

  get failure(): ReceivingFailure | undefined {
    return this.backoff?.failure;
  }

  /** Whether the last notification that was deleted keeps coming. */
  get isRepeating(): boolean {
    return this.timesAgain > 0;
  }

  /**
   * Whether `received`, the answer to a GET that was sent before the last DELETE was answered, is the
   * notification that was being deleted. It has an id, so no other one has the same body.
   */
  hasBodyOfLastDeleted({ body }: ReceivedNotification): boolean {
    const { lastDeleted: last } = this;
    // Most bodies have ids that differ, so there is no need to compare everything.
    return (
      last !== undefined && idOf(body) === idOf(last.body) && isDeepStrictEqual(body, last.body)
    );
  }

  /**
   * Whether `received` is the notification that was deleted just before, under the same
   * `receiptId`. Such a notification is deleted again and not handled. Must be called for each
   * notification before it is handled.
   */
  isDeletedAlready(received: ReceivedNotification): boolean {
    const hasSameBody = this.hasBodyOfLastDeleted(received);
    const isSameHandOut = hasSameBody && received.receiptId === this.lastDeleted?.receiptId;
    if (isSameHandOut || (hasSameBody && (hasId(received) || !this.wasConfirmed))) {
      this.timesAgain += 1;
    } else {
      this.timesAgain = 0;
      this.backoff?.over();
    }
    return isSameHandOut;
  }

  /**
   * Must be called after each DELETE that GREEN-API answered. Waits if the same notification keeps
   * coming.
   *
   * @param isConfirmed true if the answer was `"result": true`
   */
  deleted(
    received: ReceivedNotification,
    isConfirmed: boolean,
    stopping: Cancellation,
  ): Promise<void> | undefined {
    this.lastDeleted = received;
    this.wasConfirmed = isConfirmed;
    if (this.timesAgain <= TIMES_WITHOUT_PAUSE) return undefined;
    const { idInstance } = this.instance;
    this.backoff ??= new RequestBackoff('delete', this.instance, this.logger);
    return this.backoff.sitOut(
      new UndeletedHeadError({ method: 'deleteNotification', idInstance }),
      stopping,
    );
  }
}

export function hasId({ body }: ReceivedNotification): boolean {
  return idOf(body) !== undefined;
}

function idOf(body: unknown): string | undefined {
  return isNotificationBody(body) ? idMessageOf(body) : undefined;
}
