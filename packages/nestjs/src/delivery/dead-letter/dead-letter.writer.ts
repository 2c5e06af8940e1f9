import { sha256 } from '../../common/sha256.js';
import { orAborted, withDeadline } from '../../common/waits.js';
import { canonicalJson } from '../../notification/common/canonical-json.js';
import { idMessageOf } from '../../notification/notification.accessors.js';
import type { Delivery } from '../delivery.js';
import type { DeliveryLog } from '../delivery.log.js';
import type { DeliveryProgress } from '../delivery-progress.js';
import type { RawDelivery } from '../notification.intake.js';
import type { FailedHandler } from '../outcome.js';
import { type DeadLetter, errorRecordOf } from './dead-letter.js';
import type { DeadLetterStore } from './dead-letter.store.js';

/** A `put` that takes longer counts as failed. */
const LONGEST_PUT_MS = 30_000;

/**
 * In characters; a longer body that cannot be read is cut off. Genuine notifications are shorter,
 * and what somebody sends instead could fill the disk.
 */
const LONGEST_UNREADABLE = 256 * 1024;

/** Called with each letter after it was stored. */
export type DeadLetterListener = (letter: DeadLetter) => void;

/** Writes dead letters to the store, if there is one. */
export class DeadLetterWriter {
  private readonly listeners = new Set<DeadLetterListener>();

  private current: DeadLetterStore | undefined;

  constructor(private readonly log: DeliveryLog) {}

  get store(): DeadLetterStore | undefined {
    return this.current;
  }

  /** Writes to this store from now on. Undefined: there is no store. */
  use(store: DeadLetterStore | undefined): void {
    this.current = store;
  }

  listen(listener: DeadLetterListener): void {
    this.listeners.add(listener);
  }

  /**
   * Resolves to false if the letters were not stored. The notification must not be acknowledged
   * then.
   */
  async write(
    delivery: Delivery,
    { firstAt, nonce }: Pick<DeliveryProgress, 'firstAt' | 'nonce'>,
    handlers: readonly FailedHandler[],
  ): Promise<boolean> {
    const { notification, instance, transport } = delivery;
    return this.put(
      handlers.map(({ handler, attempts, error, remembered }) => ({
        kind: 'unhandled',
        id: letterIdOf(delivery, handler, nonce),
        idInstance: instance.idInstance,
        transport,
        notification,
        handler,
        attempts,
        error: errorRecordOf(error, (text) => instance.client.redact(text)),
        ...(remembered && { remembered: remembered.record }),
        firstAt: firstAt.toISOString(),
        lastAt: new Date().toISOString(),
      })),
      delivery,
    );
  }

  /** Like `write`, for a body that is not a notification or whose instance is not known. */
  async writeUnreadable({ instance, transport, body }: RawDelivery): Promise<boolean> {
    const now = new Date().toISOString();
    const idInstance = instance?.idInstance;
    const text = typeof body === 'string' ? body : canonicalJson(body);
    const isLong = text.length > LONGEST_UNREADABLE;
    return this.put([
      {
        kind: 'unreadable',
        id: idOf(idInstance ?? '', typeof body, sha256(text)),
        ...(idInstance !== undefined && { idInstance }),
        transport,
        body: isLong ? text.slice(0, LONGEST_UNREADABLE) : body,
        ...(isLong && { cutOffFrom: text.length }),
        firstAt: now,
        lastAt: now,
      },
    ]);
  }

  private async put(letters: readonly DeadLetter[], delivery?: Delivery): Promise<boolean> {
    const { store } = this;
    if (!store) return false;
    try {
      await withDeadline(LONGEST_PUT_MS, undefined, (signal) =>
        orAborted(store.put(letters, delivery), signal),
      );
    } catch (error) {
      this.log.deadLetterStoreFailed(error);
      return false;
    }
    for (const letter of letters) this.announce(letter);
    return true;
  }

  private announce(letter: DeadLetter): void {
    this.log.deadLettered(letter);
    for (const listener of this.listeners) {
      try {
        listener(letter);
      } catch {
        // The letter is stored already, so an error of a listener does not matter.
      }
    }
  }
}

/**
 * Equal notifications of a kind without an id are different letters: the nonce makes the ids
 * differ.
 */
function letterIdOf(
  { key, notification, redriveOf }: Delivery,
  handler: string,
  nonce: string,
): string {
  if (redriveOf) return redriveOf.letterId;
  const hasId = idMessageOf(notification) !== undefined;
  return hasId ? idOf(key, handler) : idOf(key, handler, nonce);
}

function idOf(...parts: readonly string[]): string {
  return sha256(JSON.stringify(parts)).slice(0, 32);
}
