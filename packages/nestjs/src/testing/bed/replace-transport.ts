import type { TestingModuleBuilder } from '@nestjs/testing';

import { DeadLetterWriter } from '../../delivery/dead-letter/dead-letter.writer.js';
import { InMemoryDeadLetterStore } from '../../delivery/dead-letter/in-memory-dead-letter.store.js';
import {
  type DeliveryProgress,
  InMemoryProgressStore,
  ProgressStore,
} from '../../delivery/delivery-progress.js';
import { InstanceRegistry } from '../../instance/instance.registry.js';
import { DeadLetterDestination } from '../../module/dead-letter-destination.js';
import { instanceRegistryOf } from '../../module/instance-setup.js';
import { GreenNotificationsOptions } from '../../module/options/green-notifications.options.js';
import { Transport } from '../../transport/transport.js';
import { FakeGateway } from './fake.gateway.js';

/** A transport by which nothing arrives but what a test hands in. */
export class TestTransport extends Transport {
  isStarted = false;

  constructor(readonly gateway: FakeGateway) {
    super();
  }

  async start(): Promise<void> {
    this.isStarted = true;
  }

  async stop(): Promise<void> {
    this.isStarted = false;
  }
}

/** Lets a test make the next attempt at once. */
export class AlwaysDueProgressStore extends InMemoryProgressStore {
  override find(key: string): DeliveryProgress | undefined {
    const progress = super.find(key);
    for (const handler of progress?.handlers.values() ?? []) handler.dueAtMs = 0;
    return progress;
  }
}

/**
 * Cuts an application off from GREEN-API: nothing polls, nothing is received, and what the
 * application sends is only noted. Dead letters stay in memory unless the options name a place.
 * Then `NotificationTestBed.of(app)` drives its handlers.
 *
 * ```ts
 * const builder = Test.createTestingModule({ imports: [AppModule] });
 * const module = await replaceTransport(builder).compile();
 * ```
 */
export function replaceTransport(builder: TestingModuleBuilder): TestingModuleBuilder {
  const gateway = new FakeGateway();
  return builder
    .overrideProvider(Transport)
    .useValue(new TestTransport(gateway))
    .overrideProvider(InstanceRegistry)
    .useFactory({
      factory: (options: GreenNotificationsOptions) => instanceRegistryOf(options, gateway),
      inject: [GreenNotificationsOptions],
    })
    .overrideProvider(ProgressStore)
    .useValue(new AlwaysDueProgressStore())
    .overrideProvider(DeadLetterDestination)
    .useFactory({
      factory: (
        { deadLetters = { store: new InMemoryDeadLetterStore() } }: GreenNotificationsOptions,
        writer: DeadLetterWriter,
      ) => new DeadLetterDestination(deadLetters, writer),
      inject: [GreenNotificationsOptions, DeadLetterWriter],
    });
}
