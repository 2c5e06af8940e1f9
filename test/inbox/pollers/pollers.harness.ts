import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Emulator, startEmulator } from '@green-notifications/emulator';
import { pgBossInbox, type PgBossInboxOptions } from '@green-notifications/inbox';
import {
  GreenNotifications,
  GreenNotificationsModule,
  type GreenNotificationsModuleOptions,
  OnNotification,
} from '@green-notifications/nestjs';
import { type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { temporarySchema } from '../../../packages/inbox/test/support/postgres.js';
import { KillableApp } from '../../faults/support/killable.app.js';
import { Marker } from '../../faults/support/mark.js';
import { eventually } from '../../road/support/eventually.js';
import { textIn } from '../../road/support/recording-inbox.js';
import { CANARY_TOKEN } from '../../support/canary.js';
import { RecordingLogger } from '../../support/recording.logger.js';

const FIRST_ID = 1101000001;
const PATIENCE_MS = 20_000;

type Options = Omit<Partial<GreenNotificationsModuleOptions>, 'inbox'>;

/** A receiver in this process, with connections of its own. */
export interface Receiver {
  readonly nest: INestApplicationContext;
  readonly greenNotifications: GreenNotifications;
  /** The instances that it says it polls. */
  readonly polled: readonly string[];
}

/** GREEN-API, a schema of PostgreSQL, and receivers that share both. */
export class PollersHarness implements AsyncDisposable {
  readonly logs = new RecordingLogger();
  /** The texts that were handled by the receivers of this process. */
  readonly handled: string[] = [];
  /** The instances that were polled twice at the same time. */
  readonly overlaps: string[] = [];
  private readonly marker = new Marker();
  private readonly receivers: INestApplicationContext[] = [];
  private readonly processes: KillableApp[] = [];

  private constructor(
    private readonly url: string,
    private readonly database: Awaited<ReturnType<typeof temporarySchema>>,
    private readonly folder: string,
    readonly emulator: Emulator,
    readonly ids: readonly string[],
  ) {
    for (const instance of emulator.instances) {
      void instance
        .until(() => instance.parkedPolls > 1)
        .then(() => this.overlaps.push(instance.idInstance));
    }
  }

  static async start(url: string, instances: number): Promise<PollersHarness> {
    const ids = Array.from({ length: instances }, (_, index) => String(FIRST_ID + index));
    const emulator = await startEmulator({
      instances: ids.map((idInstance) => ({
        idInstance: Number(idInstance),
        apiTokenInstance: CANARY_TOKEN,
      })),
    });
    const folder = await mkdtemp(join(tmpdir(), 'pollers-'));
    return new PollersHarness(url, await temporarySchema(url), folder, emulator, ids);
  }

  get schema(): string {
    return this.database.schema;
  }

  instances(ids: readonly string[] = this.ids): GreenNotificationsModuleOptions['instances'] {
    return ids.map((idInstance) => ({
      idInstance,
      apiTokenInstance: CANARY_TOKEN,
      apiUrl: this.emulator.url,
    }));
  }

  /** It polls its first share when this resolves. */
  async receiver(options: Options = {}, inbox: PgBossInboxOptions = {}): Promise<Receiver> {
    const { handled, url, schema } = this;
    @Injectable()
    class Handler {
      @OnNotification('*')
      onAny(notification: unknown): void {
        handled.push(textIn(notification));
      }
    }
    const given: GreenNotificationsModuleOptions = {
      instances: this.instances(),
      inbox: pgBossInbox({ connectionString: url, schema, ...inbox }),
      ...options,
    };
    @Module({ imports: [GreenNotificationsModule.forRoot(given)], providers: [Handler] })
    class ReceiverModule {}
    const nest = await NestFactory.createApplicationContext(ReceiverModule, {
      logger: this.logs,
      abortOnError: false,
    });
    this.receivers.push(nest);
    const greenNotifications = nest.get(GreenNotifications);
    return {
      nest,
      greenNotifications,
      get polled() {
        return greenNotifications.status.instances
          .filter(({ polledHere }) => polledHere)
          .map(({ idInstance }) => idInstance);
      },
    };
  }

  /** A receiver in a process of its own. */
  async process(): Promise<KillableApp> {
    const app = new KillableApp({
      apiUrl: this.emulator.url,
      port: 0,
      instances: this.ids.map((id) => ({
        idInstance: Number(id),
        apiTokenInstance: CANARY_TOKEN,
        transport: 'polling',
      })),
      webhookToken: `webhook-${CANARY_TOKEN}`,
      runsFile: join(this.folder, 'runs.jsonl'),
      lettersFile: '',
      shutdownTimeoutMs: 2000,
      inbox: { connectionString: this.url, schema: this.schema },
    });
    this.processes.push(app);
    await app.ready();
    return app;
  }

  /** Queues a text at each instance. */
  sayToAll(text: string) {
    return this.emulator.instances.map((instance) => {
      const body = instance.build.incomingText(`${text} ${instance.idInstance}`);
      return instance.publish(this.marker.mark(body, { lane: instance.idInstance }));
    });
  }

  /** Queues a notification without an id of its own, and without a text, at each instance. */
  changeStateOfAll(): void {
    for (const { build, idInstance } of this.emulator.instances) {
      const body = this.marker.mark(build.stateInstanceChanged('authorized'), { lane: idInstance });
      this.emulator.instance(idInstance).publish(body);
    }
  }

  /** The texts that `sayToAll` has queued. */
  textsOf(text: string): string[] {
    return this.ids.map((id) => `${text} ${id}`);
  }

  /** Resolves when what was stored is handled, and its jobs have ended. */
  async untilNothingIsStored(): Promise<void> {
    const { client, schema } = this.database;
    await this.until('no job in the database', async () => {
      const { rows } = await client.query(`select from ${schema}.job where state < 'completed'`);
      return rows.length === 0;
    });
  }

  get runs() {
    return this.processes[0]?.runs ?? [];
  }

  /** How many requests wait for a notification now, by instance. */
  get parked(): readonly number[] {
    return this.emulator.instances.map(({ parkedPolls }) => parkedPolls);
  }

  /** Resolves when each instance is polled by one poller, to the milliseconds that it took. */
  async untilEachIsPolledOnce(longestMs = PATIENCE_MS): Promise<number> {
    return this.until(
      () => `one poller for each instance, not ${this.parked.join(' ')}`,
      () => this.parked.every((polls) => polls === 1),
      longestMs,
    );
  }

  /** Resolves when each receiver polls that many, to the milliseconds that it took. */
  async untilShared(...shares: readonly (readonly [Receiver, number])[]): Promise<number> {
    const counts = () => shares.map(([{ polled }]) => polled.length);
    return this.until(
      () =>
        `shares of ${shares.map(([, count]) => count).join(' and ')}, not ${counts().join(' and ')}`,
      () => shares.every(([{ polled }, count]) => polled.length === count),
    );
  }

  /** Resolves when the condition holds, to the milliseconds that it took. */
  async until(
    what: string | (() => string),
    condition: () => unknown,
    longestMs = PATIENCE_MS,
  ): Promise<number> {
    const startedAtMs = performance.now();
    await eventually(what, condition, longestMs);
    return performance.now() - startedAtMs;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const receiver of this.receivers) await receiver.close();
    for (const app of this.processes) await app[Symbol.asyncDispose]();
    await this.emulator.close();
    await this.database[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true, force: true });
    const printed = [...this.logs.lines, ...this.processes.map(({ output }) => output)];
    const leaks = printed.filter((line) => line.includes(CANARY_TOKEN));
    if (leaks.length > 0) throw new Error(`A token was logged ${leaks.length} times`);
  }
}
