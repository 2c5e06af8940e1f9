import type { Instance } from '../instance/instance.js';
import type { Delivery } from './delivery.js';
import type { RawDelivery } from './notification.intake.js';
import type { NotificationStream } from './notification.stream.js';
import type { Outcome } from './outcome.js';

/** What happened since the application started. */
export interface DeliveryCounts {
  /** Deliveries that arrived; one notification may arrive several times. */
  readonly received: number;
  /** Deliveries that were acknowledged, `unhandled` and `duplicates` among them. */
  readonly acknowledged: number;
  /** Deliveries after which the notification was kept, to be delivered again. */
  readonly retried: number;
  readonly deadLettered: number;
  /** Deliveries of a notification that was being handled already; they wait for the same outcome. */
  readonly joined: number;
  /** Acknowledged without a run, because the notification was done with before. */
  readonly duplicates: number;
  /** Acknowledged without a run, because no handler matched. */
  readonly unhandled: number;
  /** Deliveries that could not be read; they are dead letters, or were dropped if there are none. */
  readonly unreadable: number;
  /** Deliveries whose handlers are running now. */
  readonly inFlight: number;
  /** Notifications whose attempts are used up and that could not be stored; they need a person. */
  readonly stuck: number;
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

/** A stuck notification that is this late does not come again: GREEN-API has dropped it. */
const LATE_AFTER_MS = 5 * 60_000;

/** The notification that holds back an instance. */
interface StuckNotification {
  readonly key: string;
  /** Monotonic time in milliseconds, as of `performance.now()`. */
  readonly expectedByMs: number;
}

/** Counts what passes through the stream, for each instance and in all. */
export class DeliveryCounter {
  private readonly sum = emptyTally();
  private readonly tallies = new WeakMap<Instance, Tally>();
  private readonly stuck = new WeakMap<Instance, StuckNotification>();

  constructor(stream: NotificationStream) {
    stream.deliveries$.subscribe((delivery) => {
      this.received(delivery);
      if (!delivery.redriveOf) this.headOf(delivery);
      if (stream.isDispatched) this.add(delivery, 'inFlight');
    });
    stream.outcomes$.subscribe(({ delivery, outcome }) => {
      this.add(delivery, 'inFlight', -1);
      this.settled(delivery, outcome);
    });
  }

  /** What could not be read never reaches the stream. */
  unreadable(raw: RawDelivery, outcome: Outcome): void {
    this.received(raw);
    this.add(raw, 'unreadable');
    if (outcome.result !== 'acknowledged') this.add(raw, COUNT_OF[outcome.result]);
  }

  /** The queue of an instance is empty, so nothing holds it back. */
  emptied(instance: Instance): void {
    this.stuck.delete(instance);
  }

  /** All but `stuck`, with the instances that were removed. */
  get total(): Omit<DeliveryCounts, 'stuck'> {
    return this.sum;
  }

  countsOf(instance: Instance): DeliveryCounts {
    const expectedByMs = this.stuck.get(instance)?.expectedByMs ?? 0;
    const isStuck = performance.now() < expectedByMs;
    return { ...this.tallyOf(instance), stuck: isStuck ? 1 : 0 };
  }

  /** GREEN-API delivers one after the other: what was stuck is gone when something else comes. */
  private headOf({ instance, key }: Delivery): void {
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
