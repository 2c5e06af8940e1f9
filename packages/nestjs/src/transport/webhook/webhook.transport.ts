import { setMaxListeners } from 'node:events';

import { pause, settledWithin } from '../../common/waits.js';
import { SafeLogger } from '../../common/safe.logger.js';
import type { NotificationIntake, RawDelivery } from '../../delivery/notification.intake.js';
import type { Instance } from '../../instance/instance.js';
import { type ReceivingFailure, type ReceivingHealth, Transport } from '../transport.js';
import type { Admission } from './webhook.gate.js';
import type { ApplicationRefusal } from './application-refusal.js';
import type { ApplicationWatch } from './application-watch.js';
import type { RefusalLog } from './refusal.log.js';
import { ANSWERED_TOO_EARLY, UNSETTLED_WEBHOOKS, WEBHOOK_STARTED } from './webhook.messages.js';
import { WebhookWithoutServerError } from './webhook.errors.js';

/** GREEN-API posts a notification again so long after an answer that is not 200. */
const REDELIVERY_MS = 60_000;

export interface WebhookTransportOptions {
  readonly path: string;
  readonly answerTimeoutMs: number;
  readonly instances: () => readonly Instance[];
  /** Whether instances receive by webhook unless they say otherwise. */
  readonly isDefault: boolean;
  /** Whether there is an HTTP server that the route is on. */
  readonly isMounted: () => boolean;
}

/** Has what GREEN-API posts handled, and says with which status to answer. */
export class WebhookTransport extends Transport {
  private readonly logger = new SafeLogger('GreenNotifications');
  /** Handlers at work, also those whose webhook is answered already. */
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
      // One for each POST that waits for its answer.
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

  /** The HTTP status to answer with; it only resolves when that is known. */
  async answer({ instance, body }: Admission): Promise<number> {
    const { receiving } = this;
    if (!receiving || (instance && this.removed.has(instance))) return 503;
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
      redeliveryMs: REDELIVERY_MS,
    };
    const answer = this.settle(raw, receiving.signal);
    this.answering.add(answer);
    void answer.finally(() => this.answering.delete(answer));
    return answer;
  }

  /** The application itself answered a POST that the gate had let in. */
  private refusedByApplication(refusal: ApplicationRefusal): void {
    const { instance } = refusal;
    if (!instance) return;
    const { lastAnswer, failures } = this.healthOf(instance);
    const failure: ReceivingFailure = {
      operation: 'webhook',
      code: 'REFUSED_BY_APPLICATION',
      message: refusal.describe(),
      since: failures[0]?.since ?? new Date(),
      nextAttemptAt: new Date(Date.now() + REDELIVERY_MS),
    };
    this.health.set(instance, { lastAnswer, failures: [failure] });
  }

  private async settle(raw: RawDelivery, stopped: AbortSignal): Promise<number> {
    const outcome = this.intake.accept(raw);
    this.handling.set(outcome, raw.instance);
    void outcome.finally(() => this.handling.delete(outcome));
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
    // Only what is to be sent again is not 200: GREEN-API keeps it for anything else.
    if (inTime.result === 'retry') return 500;
    // It may have been damaged on its way, and nobody keeps it.
    if (inTime.result === 'acknowledged' && inTime.reason === 'unreadable') return 400;
    await this.intake.deleted(raw);
    return 200;
  }
}
