import { pause } from '../../common/pause.js';
import { SteadyLogger } from '../../common/steady.logger.js';
import type { NotificationIntake } from '../../delivery/notification.intake.js';
import type { Instance } from '../../instance/instance.js';
import type { InstanceRegistry } from '../../instance/instance.registry.js';
import { Transport } from '../transport.js';
import { PollingLoop } from './polling.loop.js';
import { POLLING_SCHEDULED, POLLING_STARTED, UNSETTLED } from './polling.messages.js';
import type { PollingSchedule } from './polling.schedule.js';

export interface PollingTransportOptions {
  readonly receiveTimeoutSeconds: number;
  /** When to drain the queues; without it they are polled without end. */
  readonly cron: string | undefined;
}

/** One loop for each instance. */
export class PollingTransport extends Transport {
  private readonly logger = new SteadyLogger('GreenNotifications');
  private readonly loops = new Map<Instance, PollingLoop>();
  private readonly running = new Map<Instance, Promise<void>>();

  constructor(
    private readonly instances: Pick<InstanceRegistry, 'all'>,
    private readonly intake: NotificationIntake,
    private readonly schedule: PollingSchedule,
    private readonly options: PollingTransportOptions,
  ) {
    super();
  }

  async start(): Promise<void> {
    const { receiveTimeoutSeconds, cron } = this.options;
    for (const instance of this.instances.all()) {
      const loop = new PollingLoop(instance, this.intake, receiveTimeoutSeconds);
      this.loops.set(instance, loop);
      if (cron === undefined) {
        this.logger.log(POLLING_STARTED(instance));
        this.track(instance, loop.run());
      } else {
        await this.schedule.add(instance.name, cron, () => this.drain(instance, loop));
        this.logger.log(POLLING_SCHEDULED(instance, cron));
      }
    }
  }

  async stop(timeoutMs: number): Promise<void> {
    this.schedule.clear();
    for (const loop of this.loops.values()) loop.stop();
    const settled = Promise.all(this.running.values());
    const timeout = new AbortController();
    await Promise.race([settled, pause(timeoutMs, timeout.signal)]);
    timeout.abort();
    for (const [instance] of this.running) this.logger.warn(UNSETTLED(instance, timeoutMs));
    for (const loop of this.loops.values()) loop.leave();
    this.loops.clear();
  }

  /** A job that comes due while the one before still drains has nothing to add. */
  private drain(instance: Instance, loop: PollingLoop): void {
    if (!this.running.has(instance)) this.track(instance, loop.drain());
  }

  private track(instance: Instance, work: Promise<void>): void {
    this.running.set(
      instance,
      work.finally(() => this.running.delete(instance)),
    );
  }
}
