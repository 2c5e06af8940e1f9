import { createHash } from 'node:crypto';

import { withDeadline } from '../../common/deadline.js';
import { orAborted } from '../../common/or-aborted.js';
import { canonicalJson } from '../../notification/common/canonical-json.js';
import { notificationKey } from '../../notification/notification-key.js';
import type { Delivery } from '../delivery.js';
import type { DeliveryLog } from '../delivery.log.js';
import type { DeadLetter } from './dead-letter.js';
import type { DeadLetterStore } from './dead-letter.store.js';
import { errorRecordOf } from './error.record.js';

/** A store that takes longer counts as one that fails. */
const LONGEST_PUT_MS = 30_000;

/** What a handler gave up on. */
export interface GivenUp {
  readonly handler: string;
  readonly attempts: number;
  readonly error: unknown;
}

/** Told of every letter that was put away. */
export type DeadLetterListener = (letter: DeadLetter) => void;

/** Puts away what was given up on, if there is a store to put it. */
export class DeadLetterOffice {
  private readonly listeners = new Set<DeadLetterListener>();

  constructor(
    readonly store: DeadLetterStore | undefined,
    private readonly log: DeliveryLog,
  ) {}

  listen(listener: DeadLetterListener): void {
    this.listeners.add(listener);
  }

  /** Resolves to false if the letters are not safe: the notification must not be acknowledged. */
  async park(delivery: Delivery, firstAt: Date, givenUp: readonly GivenUp[]): Promise<boolean> {
    const { notification, instance, transport } = delivery;
    const key = notificationKey(notification);
    return this.put(
      givenUp.map(({ handler, attempts, error }) => ({
        kind: 'unhandled',
        id: idOf(key, handler),
        idInstance: instance.idInstance,
        transport,
        notification,
        handler,
        attempts,
        error: errorRecordOf(error, (text) => instance.client.redact(text)),
        firstAt: firstAt.toISOString(),
        lastAt: new Date().toISOString(),
      })),
    );
  }

  /** The same for something that is no notification. */
  async parkUnreadable(
    { instance, transport }: Pick<Delivery, 'instance' | 'transport'>,
    body: unknown,
  ): Promise<boolean> {
    const now = new Date().toISOString();
    const { idInstance } = instance;
    const id = idOf(idInstance, canonicalJson(body));
    return this.put([
      { kind: 'unreadable', id, idInstance, transport, body, firstAt: now, lastAt: now },
    ]);
  }

  private async put(letters: readonly DeadLetter[]): Promise<boolean> {
    const { store } = this;
    if (!store) return false;
    try {
      await withDeadline(LONGEST_PUT_MS, undefined, (signal) =>
        orAborted(store.put(letters), signal),
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
        // What a listener does has no influence on the letter, which is safe already.
      }
    }
  }
}

function idOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
