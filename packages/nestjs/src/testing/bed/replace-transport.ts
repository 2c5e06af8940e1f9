import type { TestingModuleBuilder } from '@nestjs/testing';

import { InstanceRegistry } from '../../instance/instance.registry.js';
import { instanceRegistryOf } from '../../module/instance-registry.factory.js';
import { GreenNotificationsOptions } from '../../module/options/green-notifications.options.js';
import { Transport } from '../../transport/transport.js';
import { FakeGateway } from './fake.gateway.js';
import { TestTransport } from './test.transport.js';

/**
 * Cuts an application off from GREEN-API: nothing polls, nothing is received, and what the
 * application sends is only noted. Then `NotificationTestBed.of(app)` drives its handlers.
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
    });
}
