import type { Delivery } from '../delivery/delivery.js';
import type { NotificationStream } from '../delivery/notification.stream.js';
import type { Outcome } from '../delivery/outcome.js';
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
      tally.inFlight -= 1;
    });
  }

  countsOf(idInstance: string): DeliveryCounts {
    return { ...(this.tallies.get(idInstance) ?? emptyTally()) };
  }

  get total(): DeliveryCounts {
    return [...this.tallies.values()].reduce(sum, emptyTally());
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
    lastReceivedAt: isLater ? b.lastReceivedAt : a.lastReceivedAt,
  };
}
