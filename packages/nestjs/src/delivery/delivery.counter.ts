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
  /** Notifications that were stored in the inbox. Always 0 without an inbox. */
  readonly stored: number;
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
  stored: 'stored',
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

/** What is known about one instance. */
interface InstanceCount {
  readonly tally: Tally;
  stuck: StuckNotification | undefined;
}

/** Counts deliveries and outcomes, for each instance and in total. */
export class DeliveryCounter {
  private readonly sum = emptyTally();
  private readonly counts = new WeakMap<Instance, InstanceCount>();

  constructor(private readonly stream: NotificationStream) {
    stream.deliveries$.subscribe((delivery) => this.delivered(delivery));
    stream.outcomes$.subscribe(({ delivery, outcome }) => this.settled(delivery, outcome));
  }

  /** Counts a body that could not be read: it never reaches the stream. */
  unreadable({ instance, receivedAt }: RawDelivery, outcome: Outcome): void {
    for (const tally of this.talliesOf(instance)) {
      tally.received += 1;
      tally.lastReceivedAt = receivedAt;
      tally.unreadable += 1;
      if (outcome.result !== 'acknowledged') tally[COUNT_OF[outcome.result]] += 1;
    }
  }

  /** Counts what the inbox has taken: it reaches the stream only when it is handled. */
  taken({ instance, receivedAt }: Delivery, outcome: Outcome): void {
    for (const tally of this.talliesOf(instance)) {
      tally.lastReceivedAt = receivedAt;
      if (outcome.result === 'acknowledged' && outcome.reason === 'stored') tally.stored += 1;
    }
  }

  /** The queue of an instance is empty, so nothing blocks it. */
  emptied(instance: Instance): void {
    const count = this.counts.get(instance);
    if (count) count.stuck = undefined;
  }

  /** All counts except `stuck`, including those of removed instances. */
  get total(): Omit<DeliveryCounts, 'stuck'> {
    return this.sum;
  }

  countsOf(instance: Instance): DeliveryCounts {
    const { tally, stuck } = this.countOf(instance);
    const isStuck = performance.now() < (stuck?.expectedByMs ?? 0);
    return { ...tally, stuck: isStuck ? 1 : 0 };
  }

  private delivered({ instance, key, receivedAt, redriveOf }: Delivery): void {
    const count = this.countOf(instance);
    for (const tally of [this.sum, count.tally]) {
      tally.received += 1;
      tally.lastReceivedAt = receivedAt;
      if (this.stream.dispatch) tally.inFlight += 1;
    }
    // GREEN-API delivers one notification at a time: when another arrives, the stuck one is gone.
    if (!redriveOf && count.stuck?.key !== key) count.stuck = undefined;
  }

  private settled(delivery: Delivery, outcome: Outcome): void {
    const { instance, key, redeliveryMs } = delivery;
    const count = this.countOf(instance);
    for (const tally of [this.sum, count.tally]) {
      tally.inFlight -= 1;
      add(outcome, tally);
    }
    // In the inbox a notification blocks its lane only, not the instance.
    if (outcome.joined || delivery.redriveOf || delivery.job) return;
    if (outcome.result !== 'retry') count.stuck = undefined;
    else if (outcome.isStuck) {
      const expectedInMs = Math.max(outcome.retryAfterMs, redeliveryMs) + LATE_AFTER_MS;
      count.stuck = { key, expectedByMs: performance.now() + expectedInMs };
    }
  }

  private talliesOf(instance: Instance | undefined): readonly Tally[] {
    return instance ? [this.sum, this.countOf(instance).tally] : [this.sum];
  }

  private countOf(instance: Instance): InstanceCount {
    const known = this.counts.get(instance);
    if (known) return known;
    const count = { tally: emptyTally(), stuck: undefined };
    this.counts.set(instance, count);
    return count;
  }
}

function add(outcome: Outcome, tally: Tally): void {
  if (outcome.joined) {
    tally.joined += 1;
    return;
  }
  tally[COUNT_OF[outcome.result]] += 1;
  const reason = outcome.result === 'acknowledged' ? COUNT_OF_REASON[outcome.reason] : undefined;
  if (reason) tally[reason] += 1;
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
    stored: 0,
    lastReceivedAt: undefined,
  };
}
