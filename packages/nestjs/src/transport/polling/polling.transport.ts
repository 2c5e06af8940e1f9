import { settledWithin } from '../../common/waits.js';
import { SafeLogger } from '../../common/safe.logger.js';
import type { NotificationIntake } from '../../delivery/notification.intake.js';
import type { Instance } from '../../instance/instance.js';
import type { InstanceRegistry } from '../../instance/instance.registry.js';
import { type ReceivingHealth, Transport } from '../transport.js';
import { PollingLoop, type ReceiveLimits } from './polling.loop.js';
import { POLLING_SCHEDULED, POLLING_STARTED, UNSETTLED } from './polling.messages.js';
import type { PollingSchedule } from './polling-schedule.js';

export interface PollingTransportOptions extends ReceiveLimits {
  /** Cron expression: when to drain the queues. Undefined polls all the time. */
  readonly cron?: string | undefined;
}

/** Starts are spread at random over 2 ms per instance, 2 s at most. */
const START_SPREAD_MS = 2;
const LONGEST_START_SPREAD_MS = 2000;

/** Receives by polling, with one `PollingLoop` for each instance. */
export class PollingTransport extends Transport {
  private readonly logger = new SafeLogger('GreenNotifications');
  private readonly loops = new Map<Instance, PollingLoop>();
  private readonly running = new Map<Instance, Promise<void>>();

  constructor(
    private readonly instances: InstanceRegistry,
    private readonly intake: NotificationIntake,
    private readonly schedule: PollingSchedule,
    private readonly options: PollingTransportOptions,
  ) {
    super();
  }

  async start(): Promise<void> {
    const instances = this.instances.receivingBy('polling');
    await this.open(instances);
    for (const instance of instances) this.announce(instance);
  }

  /** @throws {SchedulerMissingError} if it is needed and the application has no `ScheduleModule` */
  async prepare(): Promise<void> {
    if (this.options.cron !== undefined) await this.schedule.require();
  }

  /** Receives from these instances, too. */
  async open(instances: readonly Instance[]): Promise<void> {
    const spreadMs = Math.min(instances.length * START_SPREAD_MS, LONGEST_START_SPREAD_MS);
    for (const instance of instances) await this.openLoop(instance, Math.random() * spreadMs);
  }

  async stop(timeoutMs: number): Promise<void> {
    await this.close([...this.loops.keys()], timeoutMs);
  }

  override async add(instance: Instance): Promise<void> {
    await this.openLoop(instance, 0);
    this.announce(instance);
  }

  override async remove(instance: Instance, timeoutMs: number): Promise<void> {
    await this.close([instance], timeoutMs);
  }

  override healthOf(instance: Instance): ReceivingHealth {
    return this.loops.get(instance)?.health ?? super.healthOf(instance);
  }

  private async openLoop(instance: Instance, startDelayMs: number): Promise<void> {
    const { cron } = this.options;
    const loop = new PollingLoop(instance, this.intake, this.options, this.logger);
    this.loops.set(instance, loop);
    if (cron === undefined) {
      this.track(instance, loop.run(startDelayMs));
    } else {
      await this.schedule.add(instance.name, cron, () => this.drain(instance, loop));
    }
  }

  private announce(instance: Instance): void {
    const { cron } = this.options;
    const isScheduled = cron !== undefined;
    this.logger.log(isScheduled ? POLLING_SCHEDULED(instance, cron) : POLLING_STARTED(instance));
  }

  /** Stops to receive from these instances at once. GREEN-API keeps what is not deleted yet. */
  abandon(instances: readonly Instance[]): void {
    this.stopLoops(instances);
    this.forgetLoops(instances);
  }

  private async close(instances: readonly Instance[], timeoutMs: number): Promise<void> {
    this.stopLoops(instances);
    await settledWithin(
      timeoutMs,
      instances.flatMap((instance) => this.running.get(instance) ?? []),
    );
    for (const instance of instances) {
      if (this.running.has(instance)) this.logger.warn(UNSETTLED(instance, timeoutMs));
    }
    this.forgetLoops(instances);
  }

  private stopLoops(instances: readonly Instance[]): void {
    for (const instance of instances) {
      this.schedule.remove(instance.name);
      this.loops.get(instance)?.stop();
    }
  }

  private forgetLoops(instances: readonly Instance[]): void {
    for (const instance of instances) {
      this.loops.get(instance)?.leave();
      this.loops.delete(instance);
    }
  }

  /** Does nothing if the previous cron job is still draining the queue. */
  private drain(instance: Instance, loop: PollingLoop): void {
    if (!this.running.has(instance)) this.track(instance, loop.drain());
  }

  private track(instance: Instance, work: Promise<void>): void {
    const forget = () => {
      if (this.running.get(instance) === tracked) this.running.delete(instance);
    };
    const tracked = work.then(forget, forget);
    this.running.set(instance, tracked);
  }
}
