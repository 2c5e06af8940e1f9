import { type EmulatedInstance, type Emulator, startEmulator } from '@green-notifications/emulator';
import {
  GreenNotificationsModule,
  type GreenNotificationsModuleOptions,
} from '@green-notifications/nestjs';
import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import { CANARY_TOKEN } from './canary.js';
import { OVERLAP } from './overlap.js';
import { RecordingLogger } from './recording.logger.js';

/** Short waits between attempts, so that tests about retries are quick. */
const QUICK = { initialMs: 5, maxMs: 20, jitter: 0 };

type Options = Omit<Partial<GreenNotificationsModuleOptions>, 'instances'>;

/** An emulator and applications that poll it, all of which end with the test. */
export class PollingHarness implements AsyncDisposable {
  readonly logs = new RecordingLogger();
  private readonly apps: INestApplication[] = [];

  private constructor(
    readonly emulator: Emulator,
    private readonly ids: readonly number[],
  ) {}

  static async start(...ids: number[]): Promise<PollingHarness> {
    const idInstances = ids.length > 0 ? ids : [1101000001];
    const emulator = await startEmulator({
      instances: idInstances.map((idInstance) => ({ idInstance, apiTokenInstance: CANARY_TOKEN })),
    });
    return new PollingHarness(emulator, idInstances);
  }

  /** The first instance. */
  get instance(): EmulatedInstance {
    return this.emulator.instance(this.ids[0]!);
  }

  /** Options for all instances of the emulator. */
  options(options: Options = {}): GreenNotificationsModuleOptions {
    return {
      retry: { backoff: QUICK },
      deadLetters: false,
      unhandled: 'acknowledge',
      ...options,
      polling: { overlap: OVERLAP, ...options.polling },
      instances: this.ids.map((idInstance) => ({
        idInstance,
        apiTokenInstance: CANARY_TOKEN,
        apiUrl: this.emulator.url,
      })),
    };
  }

  /** Starts an application with these providers; it polls when this resolves. */
  async run(
    { imports = [], ...metadata }: ModuleMetadata,
    options: Options = {},
  ): Promise<INestApplication> {
    return this.runModule({
      ...metadata,
      imports: [...imports, GreenNotificationsModule.forRoot(this.options(options))],
    });
  }

  /** Starts an application that brings its own `GreenNotificationsModule`. */
  async runModule(metadata: ModuleMetadata): Promise<INestApplication> {
    const module = await Test.createTestingModule(metadata).setLogger(this.logs).compile();
    const app = module.createNestApplication();
    this.apps.push(app);
    return app.init();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const app of this.apps) await app.close();
    await this.emulator.close();
    const leaks = this.logs.lines.filter((line) => line.includes(CANARY_TOKEN));
    if (leaks.length > 0) throw new Error(`The token was logged ${leaks.length} times`);
  }
}
