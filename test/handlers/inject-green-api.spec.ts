import {
  type GreenApiClient,
  GreenNotifications,
  GreenNotificationsModule,
  type GreenNotificationsModuleOptions,
  InjectGreenApi,
  InstanceNotFoundError,
} from '@green-notifications/nestjs';
import { NotificationTestBed, replaceTransport } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import {
  Inject,
  Injectable,
  Module,
  type ModuleMetadata,
  type OnModuleInit,
  Scope,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';

import { CANARY_TOKEN } from '../support/canary.js';
import { RecordingLogger } from '../support/recording.logger.js';

const SHOP = { idInstance: 1101000001, apiTokenInstance: CANARY_TOKEN, name: 'shop' };
const HELP = { idInstance: 1101000002, apiTokenInstance: CANARY_TOKEN, name: 'help' };
const chatId = '79990000000@c.us';

@Injectable()
class Orders {
  @InjectGreenApi('help')
  readonly help!: GreenApiClient;

  constructor(@InjectGreenApi('shop') readonly shop: GreenApiClient) {}
}

@Injectable()
class Single {
  constructor(@InjectGreenApi() readonly greenApi: GreenApiClient) {}
}

async function bedOf(metadata: ModuleMetadata): Promise<NotificationTestBed> {
  const builder = replaceTransport(Test.createTestingModule(metadata));
  const module = await builder.setLogger(new RecordingLogger()).compile();
  return NotificationTestBed.of(await module.createNestApplication().init());
}

function started(
  instances: GreenNotificationsModuleOptions['instances'],
  metadata: ModuleMetadata,
): Promise<NotificationTestBed> {
  const { imports = [] } = metadata;
  const registration = GreenNotificationsModule.forRoot({ instances });
  return bedOf({ ...metadata, imports: [...imports, registration] });
}

describe('@InjectGreenApi', () => {
  it('injects the client of the instance with this name', async () => {
    await using bed = await started([SHOP, HELP], { providers: [Orders] });
    const { shop, help } = bed.get(Orders);
    await shop.call('sendLocation', { chatId, latitude: 0, longitude: 0 });
    await help.sendMessage({ chatId, message: 'hi' });
    expect(bed.calls.map(({ idInstance, method }) => [idInstance, method])).toEqual([
      ['1101000001', 'sendLocation'],
      ['1101000002', 'sendMessage'],
    ]);
    expect([shop.idInstance, help.idInstance]).toEqual(['1101000001', '1101000002']);
  });

  it('injects the client of the only instance without a name', async () => {
    await using bed = await started([SHOP], { providers: [Single] });
    expect(bed.get(Single).greenApi.idInstance).toBe('1101000001');
  });

  it('works in other modules, with forRootAsync', async () => {
    @Module({ providers: [Orders] })
    class OrdersModule {}
    await using bed = await bedOf({
      imports: [
        OrdersModule,
        GreenNotificationsModule.forRootAsync({
          isGlobal: true,
          useFactory: () => ({ instances: [SHOP, HELP] }),
        }),
      ],
    });
    expect(bed.get(Orders).shop.idInstance).toBe('1101000001');
  });

  it('works in a class that is loaded after the module is registered', async () => {
    const registration = GreenNotificationsModule.forRoot({ instances: [SHOP, HELP] });
    @Injectable()
    class Late {
      @InjectGreenApi('shop')
      readonly first!: GreenApiClient;

      @InjectGreenApi('1101000009')
      readonly never!: GreenApiClient;
    }
    @Injectable()
    class Later {
      @Inject(GreenNotifications)
      readonly notifications!: GreenNotifications;
    }
    await expect(bedOf({ imports: [registration], providers: [Late, Later] })).rejects.toThrow(
      `@InjectGreenApi('1101000009') in Late: there is no instance "1101000009"; give one of ` +
        '"shop", "help", or add it',
    );
  });

  it('works in request-scoped classes', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class PerRequest {
      constructor(@InjectGreenApi('shop') readonly shop: GreenApiClient) {}
    }
    await using bed = await started([SHOP, HELP], { providers: [PerRequest] });
    const { shop } = await bed.app.resolve(PerRequest);
    expect(shop.idInstance).toBe('1101000001');
  });

  it.each([
    ['a name that does not exist', [SHOP], Orders, /@InjectGreenApi\('help'\) in Orders: .*"shop"/],
    [
      'no name with several instances',
      [SHOP, HELP],
      Single,
      /@InjectGreenApi\(\) in Single: there are several.*give one of "shop", "help"$/,
    ],
  ])('refuses %s when the application starts', async (_, instances, provider, message) => {
    const starting = started(instances, { providers: [provider] });
    await expect(starting).rejects.toThrow(InstanceNotFoundError);
    await expect(starting).rejects.toThrow(message);
  });

  it('finds an instance that is added while the application starts', async () => {
    @Injectable()
    class Tenants implements OnModuleInit {
      constructor(private readonly notifications: GreenNotifications) {}

      async onModuleInit() {
        await this.notifications.addInstance(HELP);
      }
    }
    await using bed = await started([SHOP], { providers: [Tenants, Orders] });
    expect(bed.get(Orders).help.idInstance).toBe('1101000002');
  });

  it('finds the instance of this moment: added, removed, replaced', async () => {
    await using bed = await started([], { providers: [Orders] });
    const { shop } = bed.get(Orders);
    const notifications = bed.get(GreenNotifications);
    const send = async () => shop.sendMessage({ chatId, message: 'hi' });
    await expect(send()).rejects.toThrow(
      /^@InjectGreenApi\('shop'\) in Orders: there is no instance "shop"; add it to the option/,
    );
    await notifications.addInstance(SHOP);
    await send();
    await notifications.removeInstance('shop');
    await expect(send()).rejects.toThrow(InstanceNotFoundError);
    await notifications.addInstance({ ...SHOP, idInstance: 1101000003 });
    await send();
    expect(bed.sent.map(({ idInstance }) => idInstance)).toEqual(['1101000001', '1101000003']);
  });

  it('shows no token when it is printed', async () => {
    await using bed = await started([SHOP, HELP], { providers: [Orders] });
    const { inspect } = await import('node:util');
    expect(inspect(bed.get(Orders), { depth: 9, showProxy: true })).not.toContain(CANARY_TOKEN);
  });
});

describe('GreenNotifications.instance', () => {
  it('returns the instance with this name, or the only one', async () => {
    await using bed = await started([SHOP], {});
    const notifications = bed.get(GreenNotifications);
    expect(notifications.instance('shop')).toBe(notifications.instances[0]);
    expect(notifications.instance()).toBe(notifications.instances[0]);
    expect(() => notifications.instance('hlep')).toThrow(
      'GreenNotifications.instance(): there is no instance "hlep"; give one of "shop", or add it ' +
        'to the option instances, or with addInstance() before it is used',
    );
    await notifications.addInstance(HELP);
    expect(() => notifications.instance()).toThrow(/several instances.*"shop", "help"$/);
  });
});
