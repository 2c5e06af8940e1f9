import type { Delivery } from '../delivery/delivery.js';
import type { NotificationStream } from '../delivery/notification.stream.js';
import type { Outcome } from '../delivery/outcome.js';
import { notificationKey } from '../notification/notification-key.js';
import type { DeliveryCounts } from './green-notifications.status.js';

type Tally = { -readonly [Count in keyof DeliveryCounts]: DeliveryCounts[Count] };

const COUNT_OF = {
  acknowledged: 'acknowledged',
  retry: 'retried',
  'dead-lettered': 'deadLettered',
} as const satisfies Record<Outcome['result'], keyof DeliveryCounts>;

/** Counts what passes through the stream, for each instance. */
export class DeliveryCounter {
  private readonly tallies = new Map<string, Tally>();
  private readonly stuck = new Map<string, Set<string>>();

  constructor(stream: NotificationStream) {
    stream.deliveries$.subscribe((delivery) => {
      const tally = this.tallyOf(delivery);
      tally.received += 1;
      tally.lastReceivedAt = delivery.receivedAt;
      if (stream.isDispatched) tally.inFlight += 1;
    });
    stream.outcomes$.subscribe(({ delivery, outcome }) => {
      const tally = this.tallyOf(delivery);
      tally[COUNT_OF[outcome.result]] += 1;
      const stuck = this.stuckOf(delivery);
      const key = notificationKey(delivery.notification);
      if (outcome.result === 'retry' && outcome.isStuck) stuck.add(key);
      else if (outcome.result !== 'retry') stuck.delete(key);
      tally.stuck = stuck.size;
      tally.inFlight -= 1;
    });
  }

  countsOf(idInstance: string): DeliveryCounts {
    return { ...(this.tallies.get(idInstance) ?? emptyTally()) };
  }

  get total(): DeliveryCounts {
    return [...this.tallies.values()].reduce(sum, emptyTally());
  }

  private stuckOf({ instance }: Delivery): Set<string> {
    const keys = this.stuck.get(instance.idInstance) ?? new Set();
    this.stuck.set(instance.idInstance, keys);
    return keys;
  }

  private tallyOf({ instance }: Delivery): Tally {
    const known = this.tallies.get(instance.idInstance);
    if (known) return known;
    const tally = emptyTally();
    this.tallies.set(instance.idInstance, tally);
    return tally;
  }
}

function emptyTally(): Tally {
  return {
    received: 0,
    acknowledged: 0,
    retried: 0,
    deadLettered: 0,
    inFlight: 0,
    stuck: 0,
    lastReceivedAt: undefined,
  };
}

function sum(a: Tally, b: Tally): Tally {
  const isLater = (b.lastReceivedAt?.getTime() ?? 0) > (a.lastReceivedAt?.getTime() ?? 0);
  return {
    received: a.received + b.received,
    acknowledged: a.acknowledged + b.acknowledged,
    retried: a.retried + b.retried,
    deadLettered: a.deadLettered + b.deadLettered,
    inFlight: a.inFlight + b.inFlight,
    stuck: a.stuck + b.stuck,
    lastReceivedAt: isLater ? b.lastReceivedAt : a.lastReceivedAt,
  };
}
