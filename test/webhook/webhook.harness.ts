import { type EmulatedInstance, type Emulator, startEmulator } from '@green-notifications/emulator';
import {
  GreenNotificationsModule,
  type GreenNotificationsModuleOptions,
} from '@green-notifications/nestjs';
import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';

import { CANARY_TOKEN } from '../support/canary.js';
import { RecordingLogger } from '../support/recording.logger.js';
import { HostModule } from './host.module.js';
import { type Answer, post, type PostOptions } from './post.js';

export type Platform = 'express' | 'fastify';
export const PLATFORMS: readonly Platform[] = ['express', 'fastify'];

/** What GREEN-API would send as `Authorization`; it must not be printed either. */
export const WEBHOOK_TOKEN = `webhook-${CANARY_TOKEN}`;

/** Short waits between attempts, so that each post is an attempt. */
const QUICK = { initialMs: 5, maxMs: 20, jitter: 0 };

type Options = Omit<Partial<GreenNotificationsModuleOptions>, 'instances'> & {
  /** By number of the instance, 0 first. */
  instances?: Record<number, object>;
};

interface RunOptions extends Options {
  /** What the host's `main.ts` does between `create` and `listen`. */
  host?: (app: INestApplication) => void;
  async?: boolean;
  port?: number;
  /** In place of the platform's usual one. */
  adapter?: AbstractHttpAdapter;
}

/** An emulator that posts to applications of the given platform, all of which end with the test. */
export class WebhookHarness implements AsyncDisposable {
  readonly logs = new RecordingLogger();
  private readonly apps: INestApplication[] = [];

  private constructor(
    readonly platform: Platform,
    readonly emulator: Emulator,
    private readonly ids: readonly number[],
  ) {}

  static async start(platform: Platform, ...ids: number[]): Promise<WebhookHarness> {
    const idInstances = ids.length > 0 ? ids : [1101000001];
    const emulator = await startEmulator({
      instances: idInstances.map((idInstance) => ({ idInstance, apiTokenInstance: CANARY_TOKEN })),
      webhook: { retryPauseMs: 20, pacingMs: 0 },
    });
    return new WebhookHarness(platform, emulator, idInstances);
  }

  get instance(): EmulatedInstance {
    return this.emulator.instance(this.ids[0]!);
  }

  options({ instances = {}, webhook, ...options }: Options = {}): GreenNotificationsModuleOptions {
    return {
      transport: 'webhook',
      retry: { backoff: QUICK },
      deadLetters: false,
      ...options,
      webhook: { token: WEBHOOK_TOKEN, ...webhook },
      instances: this.ids.map((idInstance, index) => ({
        idInstance,
        apiTokenInstance: CANARY_TOKEN,
        apiUrl: this.emulator.url,
        ...instances[index],
      })),
    };
  }

  /** An application as its `main.ts` would make it, not yet listening. */
  async create(
    metadata: ModuleMetadata,
    adapter: AbstractHttpAdapter = this.platform === 'fastify'
      ? new FastifyAdapter()
      : new ExpressAdapter(),
  ): Promise<INestApplication> {
    const app = await NestFactory.create({ module: HostModule, ...metadata }, adapter, {
      logger: this.logs,
      abortOnError: false,
      forceCloseConnections: true,
    });
    this.apps.push(app);
    return app;
  }

  /** An application that listens; gives the address of its route. */
  async run(
    { imports = [], ...metadata }: ModuleMetadata,
    { host, async = false, port = 0, adapter, ...options }: RunOptions = {},
  ): Promise<{ app: INestApplication; url: string }> {
    const all = this.options(options);
    const receiving = async
      ? GreenNotificationsModule.forRootAsync({ useFactory: () => Promise.resolve(all) })
      : GreenNotificationsModule.forRoot(all);
    const app = await this.create({ ...metadata, imports: [...imports, receiving] }, adapter);
    host?.(app);
    await app.listen(port, '127.0.0.1');
    const path = all.webhook?.path ?? 'green-api/webhook';
    return { app, url: new URL(path, await app.getUrl()).href };
  }

  /** Lets the emulator post there. */
  pushTo(url: string, token = WEBHOOK_TOKEN): void {
    for (const { idInstance } of this.emulator.instances) {
      this.emulator.instance(idInstance).applySettings({ webhookUrl: url, webhookUrlToken: token });
    }
  }

  /** Posts as GREEN-API does, or as `options` say. */
  post(url: string, body: unknown, { headers, ...options }: PostOptions = {}): Promise<Answer> {
    return post(url, typeof body === 'string' ? body : JSON.stringify(body), {
      headers: { authorization: `Bearer ${WEBHOOK_TOKEN}`, ...headers },
      ...options,
    });
  }

  text(text = 'hi'): object {
    return this.instance.build.incomingText(text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const app of this.apps) await app.close();
    await this.emulator.close();
    const leaks = this.logs.lines.filter((line) => line.includes(CANARY_TOKEN));
    if (leaks.length > 0) throw new Error(`A token was logged ${leaks.length} times`);
  }
}
