import type { Instance } from '../instance/instance.js';
import type { Delivery } from './delivery.js';
import type { RawDelivery } from './notification.intake.js';
import type { NotificationStream } from './notification.stream.js';
import type { Outcome } from './outcome.js';

/** What happened since the application started. */
export interface DeliveryCounts {
  /** Deliveries that arrived; one notification may arrive several times. */
  readonly received: number;
  /**
   * Deliveries that were acknowledged, including `unhandled` and `duplicates`, but not those
   * counted in `deadLettered` or `unreadable`.
   */
  readonly acknowledged: number;
  /** Deliveries that were not acknowledged, so the notification arrives again. */
  readonly retried: number;
  /** Deliveries that became dead letters: notifications and unreadable bodies. */
  readonly deadLettered: number;
  /**
   * Deliveries that arrived while the same notification was being handled. They get its outcome.
   */
  readonly joined: number;
  /** Deliveries that were acknowledged without a run, because the notification was already done. */
  readonly duplicates: number;
  /** Deliveries that were acknowledged without a run, because no handler matched. */
  readonly unhandled: number;
  /**
   * Bodies that are not a notification, or could belong to several instances. They become dead
   * letters; without a dead letter store, polling deletes them, and a webhook is answered 400.
   */
  readonly unreadable: number;
  /** Deliveries that are being handled now, including those that joined. */
  readonly inFlight: number;
  /**
   * Notifications that have used up their attempts and could not be stored as dead letters. They
   * block the notifications behind them until the handler or the store works again.
   */
  readonly stuck: number;
  /** When the last delivery or unreadable body arrived. Undefined before the first. */
  readonly lastReceivedAt: Date | undefined;
}

type Tally = { -readonly [Count in keyof DeliveryCounts]: DeliveryCounts[Count] };

const COUNT_OF = {
  acknowledged: 'acknowledged',
  retry: 'retried',
  'dead-lettered': 'deadLettered',
} as const satisfies Record<Outcome['result'], keyof DeliveryCounts>;

const COUNT_OF_REASON = {
  handled: undefined,
  unhandled: 'unhandled',
  duplicate: 'duplicates',
  unreadable: undefined,
} as const;

/**
 * If a stuck notification has not come again this long after its time, we assume that GREEN-API
 * dropped it.
 */
const LATE_AFTER_MS = 5 * 60_000;

/** The notification that blocks an instance. */
interface StuckNotification {
  readonly key: string;
  /**
   * When it should have arrived by: monotonic time in milliseconds, as from `performance.now()`.
   */
  readonly expectedByMs: number;
}

/** Counts deliveries and outcomes, for each instance and in total. */
export class DeliveryCounter {
  private readonly sum = emptyTally();
  private readonly tallies = new WeakMap<Instance, Tally>();
  private readonly stuck = new WeakMap<Instance, StuckNotification>();

  constructor(stream: NotificationStream) {
    stream.deliveries$.subscribe((delivery) => {
      this.received(delivery);
      if (!delivery.redriveOf) this.forgetOtherStuck(delivery);
      if (stream.isDispatched) this.add(delivery, 'inFlight');
    });
    stream.outcomes$.subscribe(({ delivery, outcome }) => {
      this.add(delivery, 'inFlight', -1);
      this.settled(delivery, outcome);
    });
  }

  /** Counts a body that could not be read: it never reaches the stream. */
  unreadable(raw: RawDelivery, outcome: Outcome): void {
    this.received(raw);
    this.add(raw, 'unreadable');
    if (outcome.result !== 'acknowledged') this.add(raw, COUNT_OF[outcome.result]);
  }

  /** The queue of an instance is empty, so nothing blocks it. */
  emptied(instance: Instance): void {
    this.stuck.delete(instance);
  }

  /** All counts except `stuck`, including those of removed instances. */
  get total(): Omit<DeliveryCounts, 'stuck'> {
    return this.sum;
  }

  countsOf(instance: Instance): DeliveryCounts {
    const expectedByMs = this.stuck.get(instance)?.expectedByMs ?? 0;
    const isStuck = performance.now() < expectedByMs;
    return { ...this.tallyOf(instance), stuck: isStuck ? 1 : 0 };
  }

  /**
   * GREEN-API delivers one notification at a time: when another one arrives, the stuck one is gone.
   */
  private forgetOtherStuck({ instance, key }: Delivery): void {
    if (this.stuck.get(instance)?.key !== key) this.stuck.delete(instance);
  }

  private settled(delivery: Delivery, outcome: Outcome): void {
    if (outcome.joined) {
      this.add(delivery, 'joined');
      return;
    }
    this.add(delivery, COUNT_OF[outcome.result]);
    if (outcome.result === 'acknowledged') {
      const count = COUNT_OF_REASON[outcome.reason];
      if (count) this.add(delivery, count);
    }
    if (delivery.redriveOf) return;
    const { instance, key, redeliveryMs } = delivery;
    if (outcome.result !== 'retry') this.stuck.delete(instance);
    else if (outcome.isStuck) {
      const expectedInMs = Math.max(outcome.retryAfterMs, redeliveryMs) + LATE_AFTER_MS;
      this.stuck.set(instance, { key, expectedByMs: performance.now() + expectedInMs });
    }
  }

  private received({ instance, receivedAt }: Pick<RawDelivery, 'instance' | 'receivedAt'>): void {
    this.add({ instance }, 'received');
    this.sum.lastReceivedAt = receivedAt;
    if (instance) this.tallyOf(instance).lastReceivedAt = receivedAt;
  }

  private add(
    { instance }: Pick<RawDelivery, 'instance'>,
    count: Exclude<keyof DeliveryCounts, 'lastReceivedAt'>,
    by = 1,
  ): void {
    this.sum[count] += by;
    if (instance) this.tallyOf(instance)[count] += by;
  }

  private tallyOf(instance: Instance): Tally {
    const known = this.tallies.get(instance);
    if (known) return known;
    const tally = emptyTally();
    this.tallies.set(instance, tally);
    return tally;
  }
}

function emptyTally(): Tally {
  return {
    received: 0,
    acknowledged: 0,
    retried: 0,
    deadLettered: 0,
    joined: 0,
    duplicates: 0,
    unhandled: 0,
    unreadable: 0,
    inFlight: 0,
    stuck: 0,
    lastReceivedAt: undefined,
  };
}
