import { inspect, type InspectOptions } from 'node:util';

import { Inject, Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';

import { SafeLogger } from '../common/safe.logger.js';
import { readThrown } from '../common/thrown.js';
import { DeadLetters } from '../delivery/dead-letter/dead-letters.js';
import { DeliveryCounter } from '../delivery/delivery.counter.js';
import { DeliveryDispatcher } from '../delivery/delivery.dispatcher.js';
import type { Delivery } from '../delivery/delivery.js';
import { Inbox } from '../delivery/inbox/inbox.js';
import { HandlerSource } from '../delivery/notification.handler.js';
import { NotificationStream } from '../delivery/notification.stream.js';
import type { DeliveryOutcome } from '../delivery/outcome.js';
import type { Instance } from '../instance/instance.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import { SettingsWatch } from '../settings/settings.watch.js';
import { Transport } from '../transport/transport.js';
import { RefusalLog } from '../transport/webhook/gate/refusal.log.js';
import { DeadLetterDestination } from './dead-letter-destination.js';
import type { InstanceModuleOptions } from './instance-module.options.js';
import type { GreenNotificationsStatus, InstanceStatus } from './green-notifications.status.js';
import { HandlerPreparation } from './handler-preparation.js';
import {
  type InstanceHost,
  InstanceSourceKeeper,
} from './instance-source/instance-source.keeper.js';
import { InstanceSetup } from './instance-setup.js';
import { NoHandlersError } from './module.errors.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';
import type { InstanceOptions } from './options/instance.options.js';
import { resolveInstance } from './resolve-options.js';
import { StartStop } from './start-stop.js';
import { SafeObservable } from '../delivery/safe-observable.js';

/**
 * Starts and stops receiving, adds and removes instances, and shows the status and the
 * notifications.
 */
@Injectable()
export class GreenNotifications {
  /**
   * Emits every delivery as it arrives, and every redrive. It never completes, and a subscriber
   * does not get earlier deliveries. A subscriber neither acknowledges nor delays anything. An
   * error that a subscriber throws is logged and has no other effect.
   */
  readonly notifications$: Observable<Delivery>;
  /**
   * Emits the outcome of every delivery. Like `notifications$`, it never completes and repeats
   * nothing. The same rules apply to its subscribers.
   */
  readonly outcomes$: Observable<DeliveryOutcome>;
  private readonly logger = new SafeLogger('GreenNotifications');
  /** Instances that are being removed: the inbox hands out nothing of them any more. */
  private readonly leaving = new WeakSet<Instance>();
  private readonly startStop = new StartStop(
    () => this.turnOn(),
    () => this.turnOff(),
  );

  private readonly source: InstanceSourceKeeper | undefined;

  /** @internal */
  constructor(
    private readonly options: GreenNotificationsOptions,
    private readonly registry: InstanceRegistry,
    private readonly setup: InstanceSetup,
    private readonly handlers: HandlerSource,
    private readonly dispatcher: DeliveryDispatcher,
    private readonly transport: Transport,
    private readonly counter: DeliveryCounter,
    private readonly settings: SettingsWatch,
    private readonly deadLetterDestination: DeadLetterDestination,
    /** The stored dead letters: lists, redrives and discards them. */
    readonly deadLetters: DeadLetters,
    private readonly stream: NotificationStream,
    private readonly preparation: HandlerPreparation,
    private readonly refusals: RefusalLog,
    /** The option `inbox`. */
    @Inject(Inbox) readonly inbox: Inbox | undefined,
  ) {
    const { instanceSource } = options;
    this.source = instanceSource && new InstanceSourceKeeper(instanceSource, this.instanceHost());
    const report = (error: unknown) => this.report(error);
    this.notifications$ = new SafeObservable<Delivery>(stream.watchedDeliveries$, report);
    this.outcomes$ = new SafeObservable<DeliveryOutcome>(stream.watchedOutcomes$, report);
  }

  /** The instances of the options, and those that were added and not removed. */
  get instances(): readonly Instance[] {
    return this.registry.all();
  }

  /**
   * The instance with this name, for its `client`. To inject the client itself: `@InjectGreenApi`.
   *
   * @param name without one, the only instance
   * @throws {InstanceNotFoundError} if there is none, or without a name if there is not exactly one
   */
  instance(name?: string): Instance {
    return this.registry.named(name, 'GreenNotifications.instance()');
  }

  /**
   * Adds an instance and starts receiving from it, as from the instances of the options. If
   * receiving is stopped, the next `start` begins to receive from it. Waits for a start or stop
   * that is in progress.
   *
   * @throws {InvalidOptionsError} if an option is wrong, or the instance cannot receive by its
   * transport
   * @throws {DuplicateInstanceError} if its name or `idInstance` is already in use
   * @throws {WebhookWithoutServerError} if it receives by webhook and there is no HTTP server
   * @throws {SchedulerMissingError} if it is polled, `polling.cron` is set, and there is no
   * `ScheduleModule`
   */
  async addInstance(options: InstanceModuleOptions): Promise<Instance> {
    const resolved = resolveInstance(options);
    return this.startStop.change((isRunning) => this.addNow(resolved, isRunning));
  }

  /**
   * Removes an instance and stops receiving from it. Resolves when its running handlers have
   * finished, or after `shutdownTimeoutMs`; then the signals of handlers that still run fire. To
   * change an instance, remove it and add it again.
   *
   * @returns false if there is no instance with this name
   */
  async removeInstance(name: string): Promise<boolean> {
    return this.startStop.change(async () => {
      const instance = this.instances.find((one) => one.name === name);
      if (instance) await this.removeNow(instance);
      return instance !== undefined;
    });
  }

  /** A snapshot of the state, the counters, and the last answers and failures of each instance. */
  get status(): GreenNotificationsStatus {
    const { state } = this.startStop;
    const instances = this.instances.map((instance) => this.statusOf(instance));
    const stuck = instances.reduce((sum, each) => sum + each.stuck, 0);
    const refusedWebhooks = this.refusals.counts;
    const inbox = this.inbox && { inbox: this.inbox.status };
    return { state, ...this.counter.total, stuck, refusedWebhooks, ...inbox, instances };
  }

  /**
   * Starts receiving. The module calls it when the application has started, unless `autoStart` is
   * false. Waits for a `stop` that is in progress.
   *
   * @throws {AlreadyStartedError} if receiving has already started
   * @throws {NoHandlersError} if there is no handler, no subscriber and no option `unhandled`
   * @throws {UnknownInstanceError} if a handler names an instance that does not exist
   * @throws {InstanceNotFoundError} if `@InjectGreenApi` names an instance that does not exist
   * @throws {HandlerOnControllerError} if a handler is on a controller
   * @throws {EnhancerNotCreatedError} if Nest would skip an enhancer of a handler
   * @throws {DeadLetterListenerRefusedError} if a method with `@OnDeadLetter` is on a class that
   * has no single instance, or on a controller
   * @throws the error of the inbox, if its store cannot be used
   * @throws {DeadLetterStoreUnusableError} if the dead letter store cannot be used
   * @throws {WebhookWithoutServerError} if the webhook is used and there is no HTTP server
   * @throws {SchedulerMissingError} if `polling.cron` is set and there is no `ScheduleModule`
   * @throws {ApplicationClosedError} if the application was closed
   */
  async start(): Promise<void> {
    await this.startStop.start();
  }

  /**
   * Stops receiving. Waits until running handlers have finished, at most `shutdownTimeoutMs`. The
   * module calls it when the application closes. Does nothing if receiving has already stopped.
   */
  async stop(): Promise<void> {
    await this.startStop.stop();
  }

  /** @internal Stops receiving for good, because the application closes. */
  async close(): Promise<void> {
    await this.startStop.close();
  }

  /** Printed, or written as JSON, it shows its status: what it refers to contains tokens. */
  toJSON(): GreenNotificationsStatus {
    return this.status;
  }

  /** @internal */
  [inspect.custom](_depth: number, options: InspectOptions): string {
    return `GreenNotifications ${inspect(this.status, options)}`;
  }

  private async addNow(options: InstanceOptions, isRunning: boolean): Promise<Instance> {
    const instance = this.setup.add(options);
    if (!isRunning) return instance;
    try {
      if (this.receives) await this.transport.add(instance);
    } catch (error) {
      this.setup.remove(instance);
      throw error;
    }
    this.settings.add(instance);
    return instance;
  }

  private async removeNow(instance: Instance): Promise<void> {
    await this.settings.remove(instance);
    const { shutdownTimeoutMs } = this.options;
    await this.transport.remove(instance, shutdownTimeoutMs);
    this.leaving.add(instance);
    await this.inbox?.settled(instance, shutdownTimeoutMs);
    this.dispatcher.abandon(instance);
    this.setup.remove(instance);
  }

  /** A worker of an inbox does not receive. */
  private get receives(): boolean {
    return this.inbox?.receives ?? true;
  }

  private async turnOn(): Promise<void> {
    this.preparation.prepare();
    const isUsed = this.handlers.handlers.length > 0 || this.stream.isWatched;
    if (!isUsed && this.options.unhandled === undefined) throw new NoHandlersError();
    const { inbox } = this;
    await this.source?.load();
    await inbox?.open({
      find: (idInstance) => {
        const instance = this.registry.find(idInstance);
        return instance && !this.leaving.has(instance) ? instance : undefined;
      },
      deliver: (delivery) => this.stream.deliver(delivery),
    });
    await this.deadLetterDestination.open();
    this.dispatcher.start();
    await inbox?.start();
    if (this.receives) await this.transport.start();
    this.settings.start();
    this.source?.start((change) => this.startStop.change(change));
  }

  private async turnOff(): Promise<void> {
    const startedAt = performance.now();
    const { shutdownTimeoutMs } = this.options;
    this.source?.stop();
    try {
      await this.settings.stop();
      await this.transport.stop(shutdownTimeoutMs);
    } finally {
      this.inbox?.pause();
      await this.dispatcher.stop(shutdownTimeoutMs - (performance.now() - startedAt));
      await this.inbox?.stop();
    }
  }

  private instanceHost(): InstanceHost {
    return {
      add: async (options, isRunning) => {
        await this.addNow(options, isRunning);
      },
      remove: async (idInstance) => {
        const instance = this.registry.find(idInstance);
        if (instance) await this.removeNow(instance);
      },
      has: (idInstance) => this.registry.find(idInstance) !== undefined,
      redact: (text) => this.redact(text),
    };
  }

  private statusOf(instance: Instance): InstanceStatus {
    const { name, idInstance, transport } = instance;
    const health = this.transport.healthOf(instance);
    const { state } = this.startStop;
    return { name, idInstance, transport, state, ...this.counter.countsOf(instance), ...health };
  }

  private report(error: unknown): void {
    const text = `A subscriber of notifications$ or outcomes$ threw: ${readThrown(error).message}`;
    this.logger.error(this.redact(text));
  }

  private redact(text: string): string {
    return this.instances.reduce((safe, { client }) => client.redact(safe), text);
  }
}
