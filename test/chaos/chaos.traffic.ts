import {
  type EmulatedInstance,
  type Emulator,
  notificationMix,
} from '@green-notifications/emulator';

import { Marker } from '../faults/support/mark.js';
import { isPolled } from './chaos.app.js';
import { chatIn, type Issue, SPECIAL_BATCHES } from './chaos.bodies.js';
import type { ChaosOptions } from './chaos.options.js';
import { seededRandom } from './seeded.random.js';

/** How many wait in one queue at the most: a backlog is another test's subject. */
const LONGEST_QUEUE = 50;
/** The batches of one instance are this far apart in their own time, so that none is like another. */
const BATCH_SECONDS = 10;
const FIRST_TIMESTAMP = Date.UTC(2026, 0, 1) / 1000;

/** Keeps the queues filled, each instance with its own traffic. */
export class ChaosTraffic {
  issued = 0;
  private readonly marker = new Marker();
  private readonly sources: readonly {
    readonly instance: EmulatedInstance;
    readonly issues: Iterator<Issue, never>;
  }[];

  constructor(
    private readonly emulator: Emulator,
    private readonly options: Required<Pick<ChaosOptions, 'seed' | 'count' | 'ideas'>>,
  ) {
    this.sources = emulator.instances.map((instance, index) => ({
      instance,
      issues: this.issuesOf(instance, index),
    }));
  }

  get queued(): number {
    return this.emulator.instances.reduce((sum, { queueLength }) => sum + queueLength, 0);
  }

  fill(): void {
    for (const { instance, issues } of this.sources) {
      while (instance.queueLength < LONGEST_QUEUE && this.issued < this.options.count) {
        const { to, body, mark } = issues.next().value;
        to.publish(mark ? this.marker.mark(body, mark) : body);
        this.issued += 1;
      }
    }
  }

  private *issuesOf(instance: EmulatedInstance, index: number): Generator<Issue, never> {
    const { ideas, seed } = this.options;
    const random = seededRandom(seed * 1000 + index);
    const mix = notificationMix(instance.build, { seed: seed + index, chats: 5 });
    const { instances } = this.emulator;
    // Two places further on is the next one that polls.
    const twin = instances[(index + 2) % instances.length];
    const twins = {
      instance,
      twin: twin && isPolled((index + 2) % instances.length) ? twin : instance,
    };
    const possible = SPECIAL_BATCHES.filter(
      ({ idea, isPolledOnly }) => ideas.includes(idea) && (!isPolledOnly || isPolled(index)),
    );
    for (let batch = 0; ; batch += 1) {
      const timestamp = FIRST_TIMESTAMP + batch * BATCH_SECONDS;
      let dice = random() * 1000;
      const special = possible.find(({ perMille }) => (dice -= perMille) < 0);
      if (special) yield* special.make({ ...twins, random, timestamp });
      else {
        const body = mix.next().value!;
        yield { to: instance, body, mark: { lane: chatIn(body) } };
      }
    }
  }
}
