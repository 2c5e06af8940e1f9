import {
  type EmulatedInstance,
  type Emulator,
  type EmulatorOptions,
  type NotificationObject,
  type PublishedEntry,
  startEmulator,
} from '@green-notifications/emulator';
import {
  GreenNotifications,
  GreenNotificationsModule,
  type GreenNotificationsModuleOptions,
} from '@green-notifications/nestjs';
import { jest } from '@jest/globals';
import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import { CANARY_TOKEN } from '../../support/canary.js';
import { OVERLAP } from '../../support/overlap.js';
import { RecordingLogger } from '../../support/recording.logger.js';
import { judge, type Verdict } from './delivery.oracle.js';
import { type Behaviour, HandlingRecord } from './handling.record.js';
import { Marker } from './mark.js';
import { recordingInbox } from './recording-inbox.js';
import { TcpFaultProxy } from './tcp-fault.proxy.js';
import { WitnessingLetterStore } from './witnessing-letter.store.js';

// Back-offs towards GREEN-API last a second at least, and machines differ.
jest.setTimeout(30_000);

const QUICK = { initialMs: 5, maxMs: 20, jitter: 0 };
const FIRST_ID = 1101000001;

type Options = Omit<Partial<GreenNotificationsModuleOptions>, 'instances'>;

interface StartOptions {
  /** How many instances there are; their ids count up from `FIRST_ID`. @default 1 */
  readonly instances?: number;
  readonly emulator?: Omit<EmulatorOptions, 'instances'>;
}

/** GREEN-API, a faulty network in front of it, applications that poll, and the oracle over all. */
export class FaultHarness implements AsyncDisposable {
  readonly logs = new RecordingLogger();
  readonly record = new HandlingRecord();
  readonly letters = new WitnessingLetterStore();
  readonly marker = new Marker();
  private readonly apps: INestApplication[] = [];

  private constructor(
    readonly emulator: Emulator,
    readonly proxy: TcpFaultProxy,
    readonly ids: readonly number[],
  ) {}

  static async start(options: StartOptions = {}): Promise<FaultHarness> {
    const ids = Array.from({ length: options.instances ?? 1 }, (_, index) => FIRST_ID + index);
    const emulator = await startEmulator({
      ...options.emulator,
      instances: ids.map((idInstance) => ({ idInstance, apiTokenInstance: CANARY_TOKEN })),
    });
    return new FaultHarness(emulator, await TcpFaultProxy.start(emulator.url), ids);
  }

  /** The first instance. */
  get instance(): EmulatedInstance {
    return this.at(0);
  }

  at(index: number): EmulatedInstance {
    return this.emulator.instance(this.ids[index]!);
  }

  options(options: Options = {}): GreenNotificationsModuleOptions {
    return {
      retry: { backoff: QUICK },
      deadLetters: { store: this.letters },
      ...options,
      polling: { overlap: OVERLAP, ...options.polling },
      instances: this.ids.map((idInstance) => ({
        idInstance,
        apiTokenInstance: CANARY_TOKEN,
        apiUrl: this.proxy.url,
      })),
    };
  }

  /** An application whose handler records everything and behaves as told; it polls when this resolves. */
  run(behave?: Behaviour, options: Options = {}, metadata: ModuleMetadata = {}) {
    const { providers = [] } = metadata;
    const inbox = recordingInbox(this.record, behave);
    return this.runModule({ ...metadata, providers: [...providers, inbox] }, this.options(options));
  }

  async runModule(
    { imports = [], ...metadata }: ModuleMetadata,
    options = this.options(),
  ): Promise<INestApplication> {
    const module = await Test.createTestingModule({
      ...metadata,
      imports: [...imports, GreenNotificationsModule.forRoot(options)],
    })
      .setLogger(this.logs)
      .compile();
    const app = module.createNestApplication();
    this.apps.push(app);
    return app.init();
  }

  /** Queues texts at an instance, the first one if none is given. */
  publish(texts: readonly string[], instance = this.instance) {
    return texts.map((text) => this.issue(instance.build.incomingText(text), instance));
  }

  /** Queues any notification, with a mark by which the oracle knows it again. */
  issue(body: NotificationObject | string, instance = this.instance): PublishedEntry {
    return instance.publish(this.marker.mark(body));
  }

  /** Resolves when every queue is empty. */
  async drained(): Promise<void> {
    await Promise.all(this.emulator.instances.map((instance) => instance.drained()));
  }

  get verdict(): Verdict {
    return judge({
      issued: this.emulator.instances.flatMap(({ ledger }) => ledger.entries),
      runs: this.record.runs,
      letters: this.letters.witnessed,
    });
  }

  /** Stops receiving, without closing the application. */
  async stop(): Promise<void> {
    for (const app of this.apps) await app.get(GreenNotifications).stop();
  }

  /** Ends everything; no token may have been logged or kept by then. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const app of this.apps) await app.close();
    await this.proxy[Symbol.asyncDispose]();
    await this.emulator.close();
    const kept = JSON.stringify(await this.letters.list());
    const leaks = [...this.logs.lines, kept].filter((line) => line.includes(CANARY_TOKEN));
    if (leaks.length > 0) throw new Error(`The token was logged or kept ${leaks.length} times`);
  }
}
