import type { INestApplicationContext, ModuleMetadata, Type } from '@nestjs/common';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';

import { GreenNotificationsError } from '../../common/green-notifications.error.js';
import { InMemoryDeadLetterStore } from '../../delivery/dead-letter/in-memory-dead-letter.store.js';
import { NotificationIntake } from '../../delivery/notification.intake.js';
import { NotificationReader } from '../../delivery/notification.reader.js';
import { failed, type HandlerRun, type Outcome } from '../../delivery/outcome.js';
import type { Instance } from '../../instance/instance.js';
import type { GreenNotificationsModuleOptions } from '../../module/green-notifications-module.options.js';
import { GreenNotificationsModule } from '../../module/green-notifications.module.js';
import { GreenNotifications } from '../../module/green-notifications.service.js';
import { idInstanceOf } from '../../notification/notification.accessors.js';
import type { Notification } from '../../notification/notification.js';
import { Transport } from '../../transport/transport.js';
import { DEFAULT_ID_INSTANCE } from '../builders/envelopes.js';
import type { CapturedCall, GatewayAnswer, SentMessage } from './fake.gateway.js';
import { disconnected, TestTransport } from './replace-transport.js';
import { TestJob, type TestReader, type TestTransaction } from './test.job.js';

/** Options of `NotificationTestBed.create`. */
export interface TestBedOptions {
  /** Options of `GreenNotificationsModule`. @default one instance, 1101000001 */
  readonly options?: Partial<GreenNotificationsModuleOptions>;
  /** Overrides providers before the module is compiled, as in any Nest test. */
  readonly override?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
}

/** Options of `NotificationTestBed.deliver`. */
export interface DeliverOptions {
  /**
   * The name or `idInstance` of the instance that received it. By default the instance that the
   * notification names, otherwise the first one.
   */
  readonly instance?: string;
  /** Used by `ctx.transaction`, which otherwise rejects with `NoInboxError`. */
  readonly transaction?: TestTransaction;
}

/** Options of `NotificationTestBed.deliverUntilSettled`. */
export interface DeliverUntilSettledOptions extends DeliverOptions {
  /**
   * Called between two attempts, with the milliseconds that the application would wait. Nobody waits
   * for them; with fake timers, move the time here: `(ms) => jest.advanceTimersByTimeAsync(ms)`.
   */
  readonly wait?: (ms: number) => void | Promise<void>;
}

/** A test bed cannot drive the application, because it is not set up for tests. */
export class NotATestApplicationError extends GreenNotificationsError {
  readonly code = 'NOT_A_TEST_APPLICATION';

  constructor(problem: string) {
    super(`NotificationTestBed cannot drive this application: ${problem}`);
  }
}

/** The outcome of a notification that a test delivered. */
export class Delivered {
  constructor(readonly outcome: Outcome) {}

  /** `acknowledged`, `retry` or `dead-lettered`. */
  get result(): Outcome['result'] {
    return this.outcome.result;
  }

  /** One entry for each handler that ran: its attempt, its duration, and its result or error. */
  get runs(): readonly HandlerRun[] {
    return this.outcome.runs;
  }

  /** The handlers that ran, such as `Inbox.onText`. */
  get handlers(): readonly string[] {
    return this.runs.map(({ handler }) => handler);
  }

  /** The values that the successful handlers resolved to. */
  get results(): readonly unknown[] {
    return this.runs.filter((run) => !failed(run)).map(({ result }) => result);
  }

  /** The errors that the failed handlers threw. */
  get errors(): readonly unknown[] {
    return this.runs.filter((run) => failed(run)).map(({ error }) => error);
  }
}

/** The last attempt at a notification, and those before it. */
export class Settled extends Delivered {
  constructor(
    outcome: Outcome,
    /** All attempts, in order. The last one is this outcome. */
    readonly attempts: readonly Delivered[],
  ) {
    super(outcome);
  }

  /** How long the application would have waited after each attempt but the last, in milliseconds. */
  get waitsMs(): readonly number[] {
    return this.attempts
      .slice(0, -1)
      .map(({ outcome }) => (outcome.result === 'retry' ? outcome.retryAfterMs : 0));
  }
}

const INSTANCE = { idInstance: DEFAULT_ID_INSTANCE, apiTokenInstance: 'token-of-the-test-bed' };

/**
 * Delivers notifications to the handlers of an application, through the same code as notifications
 * from GREEN-API, but without a network.
 */
export class NotificationTestBed implements AsyncDisposable {
  private constructor(
    readonly app: INestApplicationContext,
    private readonly transport: TestTransport,
    private readonly intake: NotificationIntake,
    private readonly reader: TestReader,
    private readonly instances: readonly Instance[],
  ) {}

  /** Creates and starts an application with the given metadata and `GreenNotificationsModule`. */
  static async create(
    { imports = [], ...metadata }: ModuleMetadata,
    { options = {}, override = (builder) => builder }: TestBedOptions = {},
  ): Promise<NotificationTestBed> {
    const registration = GreenNotificationsModule.forRoot({ instances: [INSTANCE], ...options });
    const builder = Test.createTestingModule({ ...metadata, imports: [...imports, registration] });
    const unconnected = disconnected(
      builder,
      ({ deadLetters = { store: new InMemoryDeadLetterStore() } }) => deadLetters,
    );
    const module = await override(unconnected).compile();
    return NotificationTestBed.of(await module.init());
  }

  /**
   * Creates a test bed for an application that was built with `replaceTransport` and initialised.
   *
   * @throws {NotATestApplicationError} if it was not built with `replaceTransport`
   */
  static of(app: INestApplicationContext): NotificationTestBed {
    const transport = app.get(Transport, { strict: false });
    if (!(transport instanceof TestTransport)) {
      throw new NotATestApplicationError(
        'it uses a real transport; pass the builder of its testing module to replaceTransport()',
      );
    }
    const intake = app.get(NotificationIntake, { strict: false });
    const reader = app.get<TestReader>(NotificationReader, { strict: false });
    const { instances } = app.get(GreenNotifications, { strict: false });
    return new NotificationTestBed(app, transport, intake, reader, instances);
  }

  /**
   * Makes one attempt at a notification. If you deliver the same notification again, that is the
   * next attempt: only the failed handlers run, without waiting for their back-off.
   *
   * @throws {NotATestApplicationError} if receiving is not started, or there is no such instance
   */
  async deliver(
    notification: Notification,
    { instance, transaction }: DeliverOptions = {},
  ): Promise<Delivered> {
    if (!this.transport.isStarted) {
      throw new NotATestApplicationError('it is not started; call "await app.init()" first');
    }
    const raw = {
      body: notification,
      instance: this.instanceFor(notification, instance),
      transport: 'polling',
      receiptId: '1',
      receivedAt: new Date(),
      redeliveryMs: 0,
    } as const;
    if (transaction) this.reader.give(raw, new TestJob(transaction));
    const outcome = await this.intake.accept(raw);
    if (outcome.result !== 'retry') await this.intake.deleted(raw);
    return new Delivered(outcome);
  }

  /**
   * Makes attempts at a notification, one after the other, until it is acknowledged, dead-lettered
   * or stuck, or until no handler runs. Never waits for a back-off or a `RetryAfter`.
   *
   * @throws {NotATestApplicationError} if receiving is not started, or there is no such instance
   */
  async deliverUntilSettled(
    notification: Notification,
    { wait, ...options }: DeliverUntilSettledOptions = {},
  ): Promise<Settled> {
    const attempts: Delivered[] = [];
    for (;;) {
      const delivered = await this.deliver(notification, options);
      attempts.push(delivered);
      const { outcome, runs } = delivered;
      if (outcome.result !== 'retry' || outcome.isStuck || runs.length === 0) {
        return new Settled(outcome, attempts);
      }
      await wait?.(outcome.retryAfterMs);
    }
  }

  /** The texts that the application sent, in order. What else it sent is in `calls`. */
  get sent(): readonly SentMessage[] {
    return this.transport.gateway.sent;
  }

  /** Every call of a GREEN-API method, in order. */
  get calls(): readonly CapturedCall[] {
    return this.transport.gateway.calls;
  }

  /**
   * Sets GREEN-API's answer to the next call of a method: `answerNext('sendMessage', { status: 500
   * })`. With an error, GREEN-API does not answer, and the call fails with a `GreenApiNetworkError`.
   * Without this, methods that send something answer with an `idMessage`.
   */
  answerNext(method: string, answer: GatewayAnswer | Error): void {
    this.transport.gateway.plan(method, answer);
  }

  /** Returns a provider of the application, from any module. */
  get<T>(token: Type<T> | string | symbol): T {
    return this.app.get<T>(token, { strict: false });
  }

  async close(): Promise<void> {
    await this.app.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  private instanceFor(notification: Notification, wanted: string | undefined): Instance {
    const id = wanted ?? idInstanceOf(notification);
    const found = this.instances.find(({ name, idInstance }) => id === name || id === idInstance);
    const instance = found ?? (wanted === undefined ? this.instances[0] : undefined);
    if (!instance) throw new NotATestApplicationError(`it has no instance "${wanted}"`);
    return instance;
  }
}
