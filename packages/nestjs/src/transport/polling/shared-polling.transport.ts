import { SafeLogger } from '../../common/safe.logger.js';
import { NotificationIntake, type RawDelivery } from '../../delivery/notification.intake.js';
import type { Outcome } from '../../delivery/outcome.js';
import type { Instance } from '../../instance/instance.js';
import type { InstanceRegistry } from '../../instance/instance.registry.js';
import type { PollerShare } from '../../instance/poller-share.js';
import { type ReceivingHealth, Transport } from '../transport.js';
import { SHARE_CHANGED } from './polling.messages.js';
import type { PollingTransport } from './polling.transport.js';

/** When to look again whether this process may poll. */
const NOT_HELD_RETRY_MS = 1000;
/** Pollers that change at about the same time share a log line. */
const GROUPING_MS = 200;

/** Polls those instances that the share gives to this process. */
export class SharedPollingTransport extends Transport {
  private readonly logger = new SafeLogger('GreenNotifications');
  private polled = 0;
  private logging: NodeJS.Timeout | undefined;

  constructor(
    private readonly polling: PollingTransport,
    private readonly instances: InstanceRegistry,
    private readonly share: PollerShare,
  ) {
    super();
  }

  async start(): Promise<void> {
    await this.polling.prepare();
    await this.share.start(this.instances.receivingBy('polling'), {
      open: async (instances) => {
        this.count(instances.length);
        await this.polling.open(instances);
      },
      close: async (instance, timeoutMs) => {
        this.count(-1);
        await this.polling.remove(instance, timeoutMs);
      },
      abandon: (instances) => {
        this.count(-instances.length);
        this.polling.abandon(instances);
      },
    });
  }

  async stop(timeoutMs: number): Promise<void> {
    await this.share.stop(timeoutMs);
    clearTimeout(this.logging);
    this.logging = undefined;
  }

  override async add(instance: Instance): Promise<void> {
    await this.polling.prepare();
    this.share.add(instance);
  }

  override remove(instance: Instance, timeoutMs: number): Promise<void> {
    return this.share.remove(instance, timeoutMs);
  }

  override healthOf(instance: Instance): ReceivingHealth {
    return { ...this.polling.healthOf(instance), polledHere: this.share.holds(instance) };
  }

  private count(change: number): void {
    this.polled += change;
    this.logging ??= setTimeout(() => {
      this.logging = undefined;
      this.logger.log(SHARE_CHANGED(this.polled, this.instances.receivingBy('polling').length));
    }, GROUPING_MS).unref();
  }
}

/**
 * Takes nothing from an instance that another process may poll by now. After a freeze, a process may
 * get the answers to its old requests before its timers tell it that its lease has run out.
 */
export class SharedPollingIntake extends NotificationIntake {
  constructor(
    private readonly intake: NotificationIntake,
    private readonly share: PollerShare,
  ) {
    super();
  }

  async accept(raw: RawDelivery): Promise<Outcome> {
    return raw.instance && !this.share.holds(raw.instance)
      ? { result: 'retry', retryAfterMs: NOT_HELD_RETRY_MS, runs: [] }
      : this.intake.accept(raw);
  }

  deleted(raw: RawDelivery): Promise<void> {
    return this.intake.deleted(raw);
  }

  emptied(instance: Instance): Promise<void> {
    return this.intake.emptied(instance);
  }
}
