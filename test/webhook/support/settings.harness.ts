import { type Emulator, startEmulator } from '@green-notifications/emulator';
import {
  GreenNotificationsModule,
  type GreenNotificationsModuleOptions,
  OnNotification,
} from '@green-notifications/nestjs';
import { type INestApplication, Injectable, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { CANARY_TOKEN } from '../../support/canary.js';
import { RecordingLogger } from '../../support/recording.logger.js';
import { HostModule } from '../host.module.js';

export const URL_OF_ROUTE = 'https://bots.example.com/green-api/webhook?secret=1';
export const OTHER_URL = 'https://elsewhere.example.com/hook';
export const SECRET = `webhook-${CANARY_TOKEN}`;

@Injectable()
export class Inbox {
  @OnNotification('incomingMessageReceived')
  onMessage() {}

  @OnNotification('incomingMessageReceived', { typeMessage: 'editedMessage' })
  onEdit() {}

  @OnNotification('outgoingMessageStatus')
  onStatus() {}
}

@Injectable()
export class StateOfAnother {
  @OnNotification('incomingMessageReceived')
  onMessage() {}

  @OnNotification('stateInstanceChanged', { instance: 'another' })
  onState() {}
}

@Injectable()
export class Audit {
  @OnNotification('*')
  onAny() {}
}

type Settings = Parameters<ReturnType<Emulator['instance']>['applySettings']>[0];

/** GREEN-API with two instances, an application that receives from the first, and what it logged. */
export class SettingsHarness implements AsyncDisposable {
  readonly logs = new RecordingLogger();
  private app: INestApplication | undefined;

  private constructor(readonly emulator: Emulator) {}

  static async start(settings: Settings = {}, options: object = {}): Promise<SettingsHarness> {
    return new SettingsHarness(
      await startEmulator({
        instances: [
          { idInstance: 1101000001, apiTokenInstance: CANARY_TOKEN, settings },
          { idInstance: 1101000002, apiTokenInstance: CANARY_TOKEN, settings },
        ],
        webhook: { retryPauseMs: 86_400_000 },
        ...options,
      }),
    );
  }

  get instance() {
    return this.emulator.instance(1101000001);
  }

  async with(
    handler: Type<unknown>,
    options: Omit<Partial<GreenNotificationsModuleOptions>, 'instances'>,
    more: readonly { readonly idInstance: number; readonly name: string }[] = [],
  ): Promise<INestApplication> {
    const account = { apiTokenInstance: CANARY_TOKEN, apiUrl: this.emulator.url };
    this.app = await NestFactory.create(
      {
        module: HostModule,
        imports: [
          GreenNotificationsModule.forRoot({
            ...options,
            instances: [{ idInstance: 1101000001 }, ...more].map((one) => ({ ...one, ...account })),
          }),
        ],
        providers: [handler],
      },
      { logger: this.logs, abortOnError: false },
    );
    return this.app.init();
  }

  settingsCalls(): string[] {
    return this.instance.requests.records
      .map(({ method }) => method)
      .filter((method) => /settings|state/i.test(method));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app?.close();
    await this.emulator.close();
    if (this.logs.lines.some((line) => line.includes(CANARY_TOKEN))) {
      throw new Error('A token was logged');
    }
  }
}
