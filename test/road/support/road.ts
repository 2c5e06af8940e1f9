import {
  type EmulatedInstance,
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from '@green-notifications/emulator';
import {
  GreenNotifications,
  GreenNotificationsModule,
  type GreenNotificationsModuleOptions,
  type InstanceStatus,
  type TransportName,
} from '@green-notifications/nestjs';
import { InMemoryDeadLetterStore } from '@green-notifications/nestjs/testing';
import { jest } from '@jest/globals';
import type { INestApplication, ModuleMetadata, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';

import { CANARY_TOKEN } from '../../support/canary.js';
import { OVERLAP } from '../../support/overlap.js';
import { RecordingLogger } from '../../support/recording.logger.js';
import { HostModule } from '../../webhook/host.module.js';
import { type Answer, post } from '../../webhook/post.js';
import { eventually } from './eventually.js';

// Each wait of these tests has a deadline of its own, which says what was waited for.
jest.setTimeout(30_000);

export const TRANSPORTS: readonly TransportName[] = ['polling', 'webhook'];
export const FIRST_ID = 1101000001;

/** What GREEN-API sends as `Authorization`; it must not be printed either. */
export const WEBHOOK_TOKEN = `webhook-${CANARY_TOKEN}`;
/** Short waits between attempts. */
export const QUICK = { initialMs: 5, maxMs: 20, jitter: 0 };
/** The option that makes every handler go on for ever. */
export const NO_DEAD_LETTERS = false as const;
/** No handler gives up. */
export const FOR_EVER = { deadLetters: NO_DEAD_LETTERS, retry: { attempts: 2, backoff: QUICK } };

export type InstanceGiven = GreenNotificationsModuleOptions['instances'][number];

export interface RunOptions extends Partial<GreenNotificationsModuleOptions> {
  /** Whether GREEN-API is told the address of the route, if there is one. @default true */
  readonly push?: boolean;
  /** Has an HTTP server even where nothing comes by webhook. @default false */
  readonly http?: boolean;
}

export interface App {
  readonly nest: INestApplication;
  readonly greenNotifications: GreenNotifications;
  /** The address of the webhook route. */
  readonly url: string;
  /** The status of the first instance. */
  readonly first: InstanceStatus;
}

/** GREEN-API, applications that receive from it by either transport, and what they logged. */
export class Road implements AsyncDisposable {
  readonly logs = new RecordingLogger();
  readonly letters = new InMemoryDeadLetterStore();
  private readonly apps: INestApplication[] = [];

  private constructor(
    readonly emulator: Emulator,
    readonly ids: readonly number[],
  ) {}

  /** @param instances how many there are; their ids count up from `FIRST_ID` */
  static async start(
    instances = 1,
    { webhook, ...options }: Omit<EmulatorOptions, 'instances'> = {},
  ): Promise<Road> {
    const ids = Array.from({ length: instances }, (_, index) => FIRST_ID + index);
    const emulator = await startEmulator({
      ...options,
      webhook: { retryPauseMs: 20, pacingMs: 0, ...webhook },
      instances: ids.map((idInstance) => ({ idInstance, apiTokenInstance: CANARY_TOKEN })),
    });
    return new Road(emulator, ids);
  }

  /** The first instance. */
  get instance(): EmulatedInstance {
    return this.at(0);
  }

  at(index: number): EmulatedInstance {
    return this.emulator.instance(this.ids[index]!);
  }

  /** The options of one instance. */
  given(index: number, more: Partial<InstanceGiven> = {}): InstanceGiven {
    return {
      idInstance: this.ids[index]!,
      apiTokenInstance: CANARY_TOKEN,
      apiUrl: this.emulator.url,
      ...more,
    };
  }

  options(
    transport: TransportName,
    { webhook, polling, ...more }: Partial<GreenNotificationsModuleOptions> = {},
  ): GreenNotificationsModuleOptions {
    return {
      transport,
      retry: { backoff: QUICK },
      polling: { overlap: OVERLAP, ...polling },
      deadLetters: { store: this.letters },
      instances: this.ids.map((_, index) => this.given(index)),
      ...(transport === 'webhook' && { webhook: { token: WEBHOOK_TOKEN, ...webhook } }),
      ...(transport === 'polling' && webhook !== undefined && { webhook }),
      ...more,
    };
  }

  /** An application with these providers; it receives when this resolves. */
  run(
    transport: TransportName,
    providers: readonly Type<unknown>[],
    { http = transport === 'webhook', push = transport === 'webhook', ...options }: RunOptions = {},
  ): Promise<App> {
    const registration = GreenNotificationsModule.forRoot(this.options(transport, options));
    return this.runModule({ providers: [...providers], imports: [registration] }, { http, push });
  }

  /** An application that brings its own `GreenNotificationsModule`. */
  async runModule(
    metadata: ModuleMetadata,
    { http = false, push = false }: Pick<RunOptions, 'http' | 'push'> = {},
  ): Promise<App> {
    const nest = await NestFactory.create(
      { module: HostModule, ...metadata },
      new ExpressAdapter(),
      {
        logger: this.logs,
        abortOnError: false,
        forceCloseConnections: true,
      },
    );
    this.apps.push(nest);
    await (http ? nest.listen(0, '127.0.0.1') : nest.init());
    const url = http ? new URL('green-api/webhook', await nest.getUrl()).href : '';
    if (push) this.pushTo(url);
    const greenNotifications = nest.get(GreenNotifications);
    return {
      nest,
      greenNotifications,
      url,
      get first() {
        return greenNotifications.status.instances[0]!;
      },
    };
  }

  /** Lets GREEN-API post there. */
  pushTo(url: string, token = WEBHOOK_TOKEN): void {
    for (const instance of this.emulator.instances) {
      this.emulator
        .instance(instance.idInstance)
        .applySettings({ webhookUrl: url, webhookUrlToken: token });
    }
  }

  /** Posts as GREEN-API does. */
  post(url: string, body: unknown, token = WEBHOOK_TOKEN): Promise<Answer> {
    return post(url, typeof body === 'string' ? body : JSON.stringify(body), {
      headers: { authorization: `Bearer ${token}` },
    });
  }

  publish(text: string, instance = this.instance) {
    return instance.publish(instance.build.incomingText(text));
  }

  /** Puts the same body into the queue several times. */
  publishCopies(body: Parameters<EmulatedInstance['publish']>[0], count: number): void {
    for (let copy = 0; copy < count; copy += 1) this.instance.publish(body);
  }

  /** What a person does in the console, or another program: drops everything that is queued. */
  async clearQueue(instance = this.instance): Promise<void> {
    const { idInstance } = instance;
    const answer = await fetch(
      `${this.emulator.url}/waInstance${idInstance}/clearWebhooksQueue/${CANARY_TOKEN}`,
      { method: 'DELETE' },
    );
    const { isCleared } = (await answer.json()) as { isCleared: boolean };
    if (!isCleared) throw new Error('The queue was not cleared');
  }

  /** Resolves when every queue is empty. */
  drained(): Promise<void> {
    const left = () =>
      this.emulator.instances.map(({ idInstance, queueLength }) => `${idInstance}: ${queueLength}`);
    return eventually(
      () => `empty queues (left: ${left().join(', ')})`,
      () => this.emulator.instances.every(({ queueLength }) => queueLength === 0),
    );
  }

  /** Some round trips over the network, in which an application would do what it should not. */
  async idle(trips = 20): Promise<void> {
    for (let trip = 0; trip < trips; trip += 1) await (await fetch(this.emulator.url)).text();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const app of this.apps) await app.close();
    await this.emulator.close();
    const leaks = this.logs.lines.filter((line) => line.includes(CANARY_TOKEN));
    if (leaks.length > 0) throw new Error(`A token was logged ${leaks.length} times`);
  }
}
