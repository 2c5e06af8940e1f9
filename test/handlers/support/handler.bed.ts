import {
  GreenNotificationsModule,
  type GreenNotificationsModuleOptions,
} from '@green-notifications/nestjs';
import { NotificationTestBed, replaceTransport } from '@green-notifications/nestjs/testing';
import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import { CANARY_TOKEN } from '../../support/canary.js';
import { RecordingLogger } from '../../support/recording.logger.js';

const INSTANCES = [
  { idInstance: 1101000001, apiTokenInstance: CANARY_TOKEN, name: 'shop' },
  { idInstance: 1101000002, apiTokenInstance: CANARY_TOKEN, name: 'help' },
];

/** A test bed over a whole HTTP application, and what that logged. */
export class HandlerBed implements AsyncDisposable {
  private constructor(
    readonly bed: NotificationTestBed,
    readonly logs: RecordingLogger,
  ) {}

  static async create(
    { imports = [], ...metadata }: ModuleMetadata,
    options: Partial<GreenNotificationsModuleOptions> = {},
    prepare: (app: INestApplication) => void = () => undefined,
  ): Promise<HandlerBed> {
    const logs = new RecordingLogger();
    const registration = GreenNotificationsModule.forRoot({ instances: INSTANCES, ...options });
    const module = await replaceTransport(
      Test.createTestingModule({ ...metadata, imports: [...imports, registration] }),
    )
      .setLogger(logs)
      .compile();
    const app = module.createNestApplication();
    prepare(app);
    return new HandlerBed(NotificationTestBed.of(await app.init()), logs);
  }

  deliver: NotificationTestBed['deliver'] = (...given) => this.bed.deliver(...given);

  async [Symbol.asyncDispose](): Promise<void> {
    await this.bed.close();
  }
}
