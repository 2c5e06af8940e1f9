import { setMaxListeners } from 'node:events';

import { pause, settledWithin } from '../../common/waits.js';
import { SafeLogger } from '../../common/safe.logger.js';
import type { NotificationIntake, RawDelivery } from '../../delivery/notification.intake.js';
import { WEBHOOK_RESEND_PAUSE_MS } from '../../gateway/green-api.limits.js';
import type { Instance } from '../../instance/instance.js';
import { type ReceivingFailure, type ReceivingHealth, Transport } from '../transport.js';
import type { Admission } from './gate/webhook.gate.js';
import type { ApplicationRefusal } from './application-refusal.js';
import type { ApplicationWatch } from './application-watch.js';
import type { RefusalLog } from './gate/refusal.log.js';
import { ANSWERED_TOO_EARLY, UNSETTLED_WEBHOOKS, WEBHOOK_STARTED } from './webhook.messages.js';
import { WebhookWithoutServerError } from './webhook.errors.js';

export interface WebhookTransportOptions {
  readonly path: string;
  readonly answerTimeoutMs: number;
  readonly instances: () => readonly Instance[];
  /** Whether `transport: 'webhook'` is the module's default. */
  readonly isDefault: boolean;
  /** Whether there is an HTTP server with the route. */
  readonly isMounted: () => boolean;
}

/**
 * Receives by webhook. `answer` passes an admitted POST to the intake and resolves to the HTTP
 * status.
 *
 * GREEN-API posts the next notification only after a 200, and posts the same one again after
 * anything else. So the POST waits for the handlers:
 *
 * - 200: handled, or stored as a dead letter, or no handler matches.
 * - 500: must be retried.
 * - 400: cannot be read and is not stored.
 * - 503: the handlers need too long, or the application stops. They keep running, and the next POST
 *   of the same notification joins their run.
 */
export class WebhookTransport extends Transport {
  private readonly logger = new SafeLogger('GreenNotifications');
  /** Notifications that are being handled, including those whose webhook is already answered. */
  private readonly handling = new Map<Promise<unknown>, Instance | undefined>();
  private readonly answering = new Set<Promise<unknown>>();
  private readonly health = new WeakMap<Instance, ReceivingHealth>();
  private readonly removed = new WeakSet<Instance>();
  private receiving: AbortController | undefined;

  constructor(
    private readonly intake: NotificationIntake,
    private readonly refusals: RefusalLog,
    applicationWatch: ApplicationWatch,
    private readonly options: WebhookTransportOptions,
  ) {
    super();
    applicationWatch.refused$.subscribe((refusal) => this.refusedByApplication(refusal));
  }

  get isReceiving(): boolean {
    return this.receiving !== undefined;
  }

  /** @throws {WebhookWithoutServerError} */
  async start(): Promise<void> {
    const { path, instances, isDefault, isMounted } = this.options;
    const isNeeded = isDefault || instances().length > 0;
    if (isNeeded && !isMounted()) throw new WebhookWithoutServerError();
    if (!isMounted()) return;
    if (!this.receiving) {
      this.receiving = new AbortController();
      // Each waiting POST adds a listener.
      setMaxListeners(0, this.receiving.signal);
    }
    if (isNeeded) this.logger.log(WEBHOOK_STARTED(path, instances()));
  }

  async stop(timeoutMs: number): Promise<void> {
    const { receiving } = this;
    this.receiving = undefined;
    await settledWithin(timeoutMs, this.handling.keys());
    const { size } = this.handling;
    if (size > 0) this.logger.warn(UNSETTLED_WEBHOOKS(size, timeoutMs));
    receiving?.abort();
    await Promise.all(this.answering);
    this.refusals.flush();
  }

  /** @throws {WebhookWithoutServerError} */
  override async add(instance: Instance): Promise<void> {
    if (!this.isReceiving) throw new WebhookWithoutServerError();
    this.logger.log(WEBHOOK_STARTED(this.options.path, [instance]));
  }

  override async remove(instance: Instance, timeoutMs: number): Promise<void> {
    this.removed.add(instance);
    const own = [...this.handling].flatMap(([handling, of]) => (of === instance ? handling : []));
    await settledWithin(timeoutMs, own);
  }

  override healthOf(instance: Instance): ReceivingHealth {
    return this.health.get(instance) ?? super.healthOf(instance);
  }

  /** Resolves to the HTTP status, as soon as it is known. */
  async answer({ instance, body, release }: Admission): Promise<number> {
    const { receiving } = this;
    if (!receiving || (instance && this.removed.has(instance))) {
      release();
      return 503;
    }
    const receivedAt = new Date();
    if (instance) {
      const lastAnswer = { at: receivedAt, result: 'notification' };
      this.health.set(instance, { lastAnswer, failures: [] });
    }
    const raw: RawDelivery = {
      body,
      instance,
      transport: 'webhook',
      receivedAt,
      redeliveryMs: WEBHOOK_RESEND_PAUSE_MS,
    };
    const answer = this.settle(raw, receiving.signal, release);
    this.answering.add(answer);
    void answer.finally(() => this.answering.delete(answer));
    return answer;
  }

  /** The application answered a POST that the gate had admitted. */
  private refusedByApplication(refusal: ApplicationRefusal): void {
    const { instance } = refusal;
    if (!instance) return;
    const { lastAnswer, failures } = this.healthOf(instance);
    const failure: ReceivingFailure = {
      operation: 'webhook',
      code: 'REFUSED_BY_APPLICATION',
      message: refusal.describe(),
      since: failures[0]?.since ?? new Date(),
      nextAttemptAt: new Date(Date.now() + WEBHOOK_RESEND_PAUSE_MS),
    };
    this.health.set(instance, { lastAnswer, failures: [failure] });
  }

  private async settle(
    raw: RawDelivery,
    stopped: AbortSignal,
    release: () => void,
  ): Promise<number> {
    const outcome = this.intake.accept(raw);
    this.handling.set(outcome, raw.instance);
    void outcome.finally(() => {
      this.handling.delete(outcome);
      release();
    });
    const settled = new AbortController();
    const leave = () => settled.abort();
    stopped.addEventListener('abort', leave, { once: true });
    const { answerTimeoutMs } = this.options;
    const inTime = await Promise.race([
      outcome,
      pause(answerTimeoutMs, settled.signal).then(() => undefined),
    ]);
    if (!inTime && !stopped.aborted) {
      this.logger.warn(ANSWERED_TOO_EARLY(raw.instance, answerTimeoutMs));
    }
    stopped.removeEventListener('abort', leave);
    settled.abort();
    if (!inTime) return 503;
    // GREEN-API posts the notification again after any status but 200.
    if (inTime.result === 'retry') return 500;
    // It may be damaged by the network, and it is not stored, so GREEN-API must post it again.
    if (inTime.result === 'acknowledged' && inTime.reason === 'unreadable') return 400;
    await this.intake.deleted(raw);
    return 200;
  }
}
