import {
  GreenNotificationsModule,
  type GreenNotificationsModuleOptions,
  InvalidOptionsError,
  OnNotification,
  SchedulerMissingError,
} from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import { Test } from '@nestjs/testing';

import { CANARY_TOKEN } from '../support/canary.js';
import { PollingHarness } from '../support/polling.harness.js';

@Injectable()
class Inbox {
  @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
  onText() {}
}

describe('configuration', () => {
  it('names every wrong option in one error, and prints no value', async () => {
    const options = {
      transport: 'pigeon',
      instances: [{ idInstance: 'abc', apiTokenInstance: '', apiUrl: CANARY_TOKEN }],
      polling: { receiveTimeoutSeconds: 90, cron: 'at dawn' },
      pollling: {},
    } as unknown as GreenNotificationsModuleOptions;
    const starting = Test.createTestingModule({
      imports: [GreenNotificationsModule.forRoot(options)],
    }).compile();
    const error: unknown = await starting.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidOptionsError);
    const { message } = error as InvalidOptionsError;
    for (const name of [
      'transport:',
      'instances[0].idInstance:',
      'instances[0].apiTokenInstance:',
      'instances[0].apiUrl:',
      'polling.receiveTimeoutSeconds:',
      'polling.cron:',
      'pollling: there is no such option',
    ]) {
      expect(message).toContain(name);
    }
    expect(message).not.toContain(CANARY_TOKEN);
    expect(message).not.toContain('pigeon');
  });

  it('refuses the same instance twice', async () => {
    const instance = { idInstance: 1101, apiTokenInstance: CANARY_TOKEN };
    const starting = Test.createTestingModule({
      imports: [GreenNotificationsModule.forRoot({ instances: [instance, instance] })],
    }).compile();
    await expect(starting).rejects.toMatchObject({ code: 'DUPLICATE_INSTANCE' });
  });

  it.each([
    [
      'useFactory',
      (options: GreenNotificationsModuleOptions) =>
        GreenNotificationsModule.forRootAsync({ useFactory: async () => options }),
    ],
    [
      'useClass',
      (options: GreenNotificationsModuleOptions) =>
        GreenNotificationsModule.forRootAsync({ useClass: optionsFactory(options) }),
    ],
    [
      'useExisting',
      (options: GreenNotificationsModuleOptions) => {
        const Factory = optionsFactory(options);
        @Module({ providers: [Factory], exports: [Factory] })
        class FactoryModule {}
        return GreenNotificationsModule.forRootAsync({
          imports: [FactoryModule],
          useExisting: Factory,
        });
      },
    ],
  ])('takes its options from forRootAsync with %s', async (_name, register) => {
    await using harness = await PollingHarness.start();
    await harness.runModule({ imports: [register(harness.options())], providers: [Inbox] });
    const entry = harness.instance.publish(harness.instance.build.incomingText('hello'));
    await entry.deleted;
    expect(entry.handOuts).toHaveLength(1);
  });

  it('logs each handler and each instance at boot', async () => {
    await using harness = await PollingHarness.start(1101, 1102);
    await harness.run({ providers: [Inbox] });
    expect(
      harness.logs.having(
        'LOG',
        'Mapped {incomingMessageReceived; typeMessage: textMessage} to Inbox.onText',
      ),
    ).toHaveLength(1);
    expect(harness.logs.having('LOG', 'Polling instance 1101')).toHaveLength(1);
    expect(harness.logs.having('LOG', 'Polling instance 1102')).toHaveLength(1);
    expect(harness.logs.having('WARN', '')).toEqual([]);
  });

  it('does not receive without a handler, and logs which step is missing', async () => {
    await using harness = await PollingHarness.start();
    await harness.run({}, { unhandled: undefined });
    expect(harness.logs.having('ERROR', 'list its class in the "providers"')).toHaveLength(1);
    expect(harness.instance.requests.of({ method: 'receiveNotification' })).toEqual([]);
  });
});

describe('polling at times', () => {
  const cron = '0 0 1 1 *';

  it('drains the queue when the job comes due, and not before', async () => {
    await using harness = await PollingHarness.start();
    const app = await harness.run(
      { imports: [ScheduleModule.forRoot()], providers: [Inbox] },
      { polling: { cron, receiveTimeoutSeconds: 5 } },
    );
    const { build } = harness.instance;
    harness.instance.publish(build.incomingText('one'));
    const last = harness.instance.publish(build.incomingText('two'));
    const job = app.get(SchedulerRegistry).getCronJob('green-notifications:1101000001');
    expect(harness.instance.requests.records).toEqual([]);
    await job.fireOnTick();
    await last.deleted;
  });

  it('refuses to start when the application has no scheduler', async () => {
    await using harness = await PollingHarness.start();
    await expect(harness.run({}, { polling: { cron } })).rejects.toBeInstanceOf(
      SchedulerMissingError,
    );
  });
});

function optionsFactory(options: GreenNotificationsModuleOptions) {
  @Injectable()
  class OptionsFactory {
    createGreenNotificationsOptions() {
      return options;
    }
  }
  return OptionsFactory;
}
