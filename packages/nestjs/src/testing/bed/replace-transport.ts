import type { TestingModuleBuilder } from '@nestjs/testing';

import { Deadlines } from '../../common/deadlines.js';
import { SafeLogger } from '../../common/safe.logger.js';
import { DeadLetterWriter } from '../../delivery/dead-letter/dead-letter.writer.js';
import { DeliveryCounter } from '../../delivery/delivery.counter.js';
import { DeliveryLog } from '../../delivery/delivery.log.js';
import { Inbox } from '../../delivery/inbox/inbox.js';
import { InMemoryDeadLetterStore } from '../../delivery/dead-letter/in-memory-dead-letter.store.js';
import {
  type DeliveryProgress,
  InMemoryProgressStore,
  ProgressStore,
} from '../../delivery/delivery-progress.js';
import type { Connections } from '../../gateway/connections.js';
import { InstanceRegistry } from '../../instance/instance.registry.js';
import { NotificationReader } from '../../delivery/notification.reader.js';
import { DeadLetterDestination } from '../../module/dead-letter-destination.js';
import { instanceRegistryOf } from '../../module/instance-setup.js';
import type { DeadLetterOptions } from '../../module/options/dead-letter.options.js';
import { GreenNotificationsOptions } from '../../module/options/green-notifications.options.js';
import { Transport } from '../../transport/transport.js';
import { FakeGateway } from './fake.gateway.js';
import { TestReader } from './test.job.js';

function connectionsTo(gateway: FakeGateway): Connections {
  return { shared: gateway, downloads: gateway, open: () => gateway, deadlines: new Deadlines() };
}

/** A transport that receives nothing: the test delivers the notifications. */
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

/**
 * Makes each failed handler due at once, so that a test can make the next attempt without waiting.
 */
class AlwaysDueProgressStore extends InMemoryProgressStore {
  override find(key: string): DeliveryProgress | undefined {
    const progress = super.find(key);
    for (const handler of progress?.handlers.values() ?? []) handler.dueAtMs = 0;
    return progress;
  }
}

const INBOX_HAS_NO_EFFECT =
  'The option inbox has no effect in a test bed: handlers run at once. For ctx.transaction, pass ' +
  'bed.deliver(notification, { transaction }). To test with an inbox, build the application without ' +
  'a test bed, with inbox: inMemoryInbox({ transaction })';

/**
 * Disconnects an application from GREEN-API. It receives nothing, and calls of GREEN-API methods
 * are only recorded. The option `inbox` has no effect, which a warning says. Dead letters are stored
 * in memory, whatever store or file the options name; `deadLetters: false` stays as it is. After
 * that, `NotificationTestBed.of(app)` can deliver notifications to its handlers.
 *
 * ```ts
 * const builder = Test.createTestingModule({ imports: [AppModule] });
 * const module = await replaceTransport(builder).compile();
 * ```
 */
export function replaceTransport(builder: TestingModuleBuilder): TestingModuleBuilder {
  return disconnected(builder, ({ deadLetters }) =>
    deadLetters === false ? false : { store: new InMemoryDeadLetterStore() },
  );
}

/** The same, with dead letters where `deadLettersOf` says. */
export function disconnected(
  builder: TestingModuleBuilder,
  deadLettersOf: (options: GreenNotificationsOptions) => DeadLetterOptions | false,
): TestingModuleBuilder {
  const gateway = new FakeGateway();
  return builder
    .overrideProvider(Transport)
    .useValue(new TestTransport(gateway))
    .overrideProvider(InstanceRegistry)
    .useFactory({
      factory: (options: GreenNotificationsOptions) =>
        instanceRegistryOf(options, connectionsTo(gateway)),
      inject: [GreenNotificationsOptions],
    })
    .overrideProvider(NotificationReader)
    .useFactory({
      factory: (letters: DeadLetterWriter, counter: DeliveryCounter, log: DeliveryLog) =>
        new TestReader(letters, counter, log),
      inject: [DeadLetterWriter, DeliveryCounter, DeliveryLog],
    })
    .overrideProvider(Inbox)
    .useFactory({
      factory: ({ inbox }: GreenNotificationsOptions) => {
        if (inbox) new SafeLogger('GreenNotifications').warn(INBOX_HAS_NO_EFFECT);
      },
      inject: [GreenNotificationsOptions],
    })
    .overrideProvider(ProgressStore)
    .useValue(new AlwaysDueProgressStore())
    .overrideProvider(DeadLetterDestination)
    .useFactory({
      factory: (options: GreenNotificationsOptions, writer: DeadLetterWriter) =>
        new DeadLetterDestination(deadLettersOf(options), writer),
      inject: [GreenNotificationsOptions, DeadLetterWriter],
    });
}
