import { type Emulator, type EmulatorOptions, startEmulator } from '@green-notifications/emulator';
import {
  type GreenApiClient,
  GreenNotifications,
  GreenNotificationsModule,
  type InstanceModuleOptions,
} from '@green-notifications/nestjs';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { CANARY_TOKEN } from '../../support/canary.js';
import { RecordingLogger } from '../../support/recording.logger.js';
import { HostModule } from '../../webhook/host.module.js';

export const ID = 1101000001;

/** An application that calls GREEN-API and receives nothing. */
export class CallingApp implements AsyncDisposable {
  private constructor(
    readonly app: INestApplicationContext,
    readonly logs: RecordingLogger,
  ) {}

  static async start(instance: Partial<InstanceModuleOptions>): Promise<CallingApp> {
    const logs = new RecordingLogger();
    const instances = [{ idInstance: ID, apiTokenInstance: CANARY_TOKEN, ...instance }];
    const app = await NestFactory.createApplicationContext(
      {
        module: HostModule,
        imports: [GreenNotificationsModule.forRoot({ instances, autoStart: false })],
      },
      { logger: logs, abortOnError: false },
    );
    return new CallingApp(app, logs);
  }

  get client(): GreenApiClient {
    return this.app.get(GreenNotifications).instance().client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app.close();
  }
}

export function emulatorOf(options: EmulatorOptions = {}): Promise<Emulator> {
  return startEmulator({
    instances: [{ idInstance: ID, apiTokenInstance: CANARY_TOKEN }],
    ...options,
  });
}
