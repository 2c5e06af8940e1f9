import { Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';

import { SteadyLogger } from '../common/steady.logger.js';
import { readThrown } from '../common/thrown.js';
import { DeadLetters } from '../delivery/dead-letter/dead-letters.js';
import { DeliveryDispatcher } from '../delivery/delivery.dispatcher.js';
import type { Delivery } from '../delivery/delivery.js';
import { NotificationStream } from '../delivery/notification.stream.js';
import type { DeliveryOutcome } from '../delivery/outcome.js';
import type { Instance } from '../instance/instance.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import { Transport } from '../transport/transport.js';
import { DeliveryCounter } from './delivery.counter.js';
import type { InstanceModuleOptions } from './green-notifications-module.options.js';
import type { GreenNotificationsStatus } from './green-notifications.status.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';
import { resolveInstance } from './resolve-options.js';
import { RunSwitch } from './run.switch.js';
import { SteadyObservable } from './steady.observable.js';

type AddedInstanceOptions = Omit<InstanceModuleOptions, 'transport' | 'webhookToken'>;

/** Starts and stops the receiving of notifications, and lets the application watch it. */
@Injectable()
export class GreenNotifications {
  /**
   * Every delivery, as it arrives. Watching neither settles nor delays it, and what a subscriber
   * throws is logged and has no other effect.
   */
  readonly notifications$: Observable<Delivery>;
  /** What became of every delivery, once for each attempt; to be watched like `notifications$`. */
  readonly outcomes$: Observable<DeliveryOutcome>;
  private readonly logger = new SteadyLogger('GreenNotifications');
  private readonly counter: DeliveryCounter;
  private readonly power: RunSwitch;

  constructor(
    private readonly options: GreenNotificationsOptions,
    private readonly registry: InstanceRegistry,
    dispatcher: DeliveryDispatcher,
    private readonly transport: Transport,
    /** What handlers gave up on, if `deadLetters` is configured. */
    readonly deadLetters: DeadLetters,
    stream: NotificationStream,
  ) {
    const report = (error: unknown) => this.report(error);
    this.notifications$ = new SteadyObservable<Delivery>(stream.deliveries$, report);
    this.outcomes$ = new SteadyObservable<DeliveryOutcome>(stream.outcomes$, report);
    this.counter = new DeliveryCounter(stream);
    this.power = new RunSwitch(
      async () => {
        dispatcher.start();
        await transport.start();
      },
      async () => {
        await transport.stop(options.shutdownTimeoutMs);
        dispatcher.stop();
      },
    );
  }

  get instances(): readonly Instance[] {
    return this.registry.all();
  }

  /**
   * Receives from one more instance from now on, by the transport of the registration.
   *
   * @throws {InvalidOptionsError}
   * @throws {DuplicateInstanceError} if its name or `idInstance` is there already
   */
  async addInstance(options: AddedInstanceOptions): Promise<Instance> {
    const { name, idInstance, apiTokenInstance, apiUrl } = resolveInstance(options);
    const instance = this.registry.add({
      name,
      idInstance: String(idInstance),
      apiTokenInstance,
      apiUrl,
    });
    if (this.power.state !== 'stopped') await this.transport.add(instance);
    return instance;
  }

  /**
   * Receives no more from an instance; resolves when what was being handled is settled, after
   * `shutdownTimeoutMs` at the latest. To change an instance, remove it and add it again.
   *
   * @returns false if there is no instance of that name
   */
  async removeInstance(name: string): Promise<boolean> {
    const instance = this.instances.find((one) => one.name === name);
    if (!instance) return false;
    await this.transport.remove(instance, this.options.shutdownTimeoutMs);
    this.registry.remove(instance);
    return true;
  }

  /** How the receiving is doing; a snapshot. */
  get status(): GreenNotificationsStatus {
    const { state } = this.power;
    const instances = this.instances.map(({ name, idInstance }) => ({
      name,
      idInstance,
      state,
      ...this.counter.countsOf(idInstance),
    }));
    return { state, ...this.counter.total, instances };
  }

  /**
   * Begins to receive. The module does so by itself when the application has started; called while
   * a `stop` is under way, it waits for that first.
   *
   * @throws {AlreadyStartedError} if it is started
   */
  async start(): Promise<void> {
    await this.power.start();
  }

  /**
   * Receives no more and lets running handlers finish, for `shutdownTimeoutMs` at the longest. The
   * module does so by itself when the application closes. If it is stopped, nothing happens.
   */
  async stop(): Promise<void> {
    await this.power.stop();
  }

  private report(error: unknown): void {
    const text = `A subscriber of notifications$ or outcomes$ threw: ${readThrown(error).message}`;
    this.logger.error(this.instances.reduce((safe, { client }) => client.redact(safe), text));
  }
}
