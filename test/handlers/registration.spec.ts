import {
  DuplicateInstanceError,
  DuplicateRegistrationError,
  GreenNotifications,
  GreenNotificationsModule,
  InvalidOptionsError,
  OnNotification,
} from '@green-notifications/nestjs';
import {
  incomingText,
  NotificationTestBed,
  replaceTransport,
} from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { Injectable, Module, type ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import { RecordingLogger } from '../support/recording.logger.js';

const INSTANCE = { idInstance: 1101000001, apiTokenInstance: 'token' };

@Injectable()
class Inbox {
  @OnNotification('*')
  onAny() {}
}

async function start(metadata: ModuleMetadata): Promise<NotificationTestBed> {
  const module = await replaceTransport(Test.createTestingModule(metadata))
    .setLogger(new RecordingLogger())
    .compile();
  return NotificationTestBed.of(await module.init());
}

describe('the registration of the module', () => {
  it('is refused a second time, with a message that names both places and the fix', async () => {
    @Module({ imports: [GreenNotificationsModule.forRoot({ instances: [INSTANCE] })] })
    class Orders {}
    @Module({
      imports: [
        GreenNotificationsModule.forRootAsync({
          useFactory: () => ({ instances: [{ ...INSTANCE, idInstance: 1101000002 }] }),
        }),
      ],
    })
    class Billing {}
    const starting = start({ imports: [Orders, Billing] });
    await expect(starting).rejects.toThrow(DuplicateRegistrationError);
    await expect(starting).rejects.toThrow(/in Orders and Billing; .* isGlobal: true/);
  });

  it('is refused a second time where Nest compares modules by what they contain', async () => {
    const register = (idInstance: number) =>
      GreenNotificationsModule.forRootAsync({
        useFactory: () => ({ instances: [{ ...INSTANCE, idInstance }] }),
      });
    const metadata = { imports: [register(1101000001), register(1101000002)] };
    const builder = Test.createTestingModule(metadata, { moduleIdGeneratorAlgorithm: 'deep-hash' });
    const compiling = replaceTransport(builder).setLogger(new RecordingLogger()).compile();
    await expect(compiling.then((module) => module.init())).rejects.toThrow(
      DuplicateRegistrationError,
    );
  });

  it('may be imported in several places, and runs handlers once', async () => {
    const registration = GreenNotificationsModule.forRoot({ instances: [INSTANCE] });
    @Module({ imports: [registration], exports: [registration] })
    class Shared {}
    @Injectable()
    class Service {
      constructor(readonly greenNotifications: GreenNotifications) {}
    }
    @Module({ imports: [Shared], providers: [Service] })
    class Feature {}
    await using bed = await start({ imports: [registration, Shared, Feature], providers: [Inbox] });
    expect(await bed.deliver(incomingText('hi'))).toMatchObject({ handlers: ['Inbox.onAny'] });
    expect(bed.get(Service).greenNotifications).toBe(bed.get(GreenNotifications));
  });

  it.each([
    ['forRoot', GreenNotificationsModule.forRoot({ isGlobal: true, instances: [INSTANCE] })],
    [
      'forRootAsync',
      GreenNotificationsModule.forRootAsync({
        isGlobal: true,
        useFactory: () => ({ instances: [INSTANCE] }),
      }),
    ],
  ])('is for every module with isGlobal, by %s', async (_, registration) => {
    @Injectable()
    class Service {
      constructor(readonly greenNotifications: GreenNotifications) {}
    }
    @Module({ providers: [Service] })
    class Feature {}
    await using bed = await start({ imports: [registration, Feature] });
    expect(bed.get(Service).greenNotifications.instances).toHaveLength(1);
  });

  it('is for the importing module alone without isGlobal', async () => {
    @Injectable()
    class Service {
      constructor(readonly greenNotifications: GreenNotifications) {}
    }
    @Module({ providers: [Service] })
    class Feature {}
    const registration = GreenNotificationsModule.forRoot({ instances: [INSTANCE] });
    await expect(start({ imports: [registration, Feature] })).rejects.toThrow(/GreenNotifications/);
  });

  it('is refused as it stands, without forRoot', async () => {
    await expect(start({ imports: [GreenNotificationsModule] })).rejects.toThrow(
      /no options were given: import GreenNotificationsModule once with forRoot\(.*isGlobal: true/s,
    );
  });

  it('is refused by forRoot without options', () => {
    const register = () => GreenNotificationsModule.forRoot(undefined as never);
    expect(register).toThrow(InvalidOptionsError);
  });

  it.each(['useClass', 'useExisting'] as const)(
    'is refused when the class of %s does not make options',
    (how) => {
      class Forgetful {
        options() {}
      }
      const register = () => GreenNotificationsModule.forRootAsync({ [how]: Forgetful as never });
      expect(register).toThrow(/Forgetful has no method createGreenNotificationsOptions\(\)/);
    },
  );

  it.each([
    ['idInstance', [INSTANCE, { ...INSTANCE, name: 'other' }]],
    [
      'name',
      [
        { ...INSTANCE, name: 'shop' },
        { ...INSTANCE, idInstance: 2, name: 'shop' },
      ],
    ],
  ])('is refused with one %s twice', async (_, instances) => {
    const registration = GreenNotificationsModule.forRoot({ instances });
    await expect(start({ imports: [registration] })).rejects.toThrow(DuplicateInstanceError);
  });
});
