import { type Deadline, Deadlines, type Expiring } from '../../common/deadlines.js';
import { settledWithin } from '../../common/waits.js';
import { SafeLogger } from '../../common/safe.logger.js';
import type { NotificationIntake, RawDelivery } from '../../delivery/notification.intake.js';
import type { Outcome } from '../../delivery/outcome.js';
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
  /** Webhooks whose handlers have not ended, each with a promise for their end. */
  private readonly handling = new Map<WaitingWebhook, Promise<void>>();
  private readonly deadlines = new Deadlines();
  private readonly health = new WeakMap<Instance, ReceivingHealth>();
  private readonly removed = new WeakSet<Instance>();
  private isStarted = false;

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
    return this.isStarted;
  }

  /** @throws {WebhookWithoutServerError} */
  async start(): Promise<void> {
    const { path, instances, isDefault, isMounted } = this.options;
    const isNeeded = isDefault || instances().length > 0;
    if (isNeeded && !isMounted()) throw new WebhookWithoutServerError();
    if (!isMounted()) return;
    this.isStarted = true;
    if (isNeeded) this.logger.log(WEBHOOK_STARTED(path, instances()));
  }

  async stop(timeoutMs: number): Promise<void> {
    this.isStarted = false;
    await settledWithin(timeoutMs, this.handling.values());
    const webhooks = [...this.handling.keys()];
    if (webhooks.length > 0) this.logger.warn(UNSETTLED_WEBHOOKS(webhooks.length, timeoutMs));
    for (const webhook of webhooks) webhook.cutOff();
    await Promise.all(webhooks.map(({ answered }) => answered));
    this.refusals.flush();
  }

  /** @throws {WebhookWithoutServerError} */
  override async add(instance: Instance): Promise<void> {
    if (!this.isReceiving) throw new WebhookWithoutServerError();
    this.logger.log(WEBHOOK_STARTED(this.options.path, [instance]));
  }

  override async remove(instance: Instance, timeoutMs: number): Promise<void> {
    this.removed.add(instance);
    const own = [...this.handling].filter(([webhook]) => webhook.instance === instance);
    await settledWithin(
      timeoutMs,
      own.map(([, ended]) => ended),
    );
  }

  override healthOf(instance: Instance): ReceivingHealth {
    return this.health.get(instance) ?? super.healthOf(instance);
  }

  /** Resolves to the HTTP status, as soon as it is known. */
  answer(admission: Pick<Admission, 'instance' | 'body' | 'release'>): Promise<number> {
    const { instance, body } = admission;
    if (!this.isStarted || (instance && this.removed.has(instance))) {
      admission.release();
      return Promise.resolve(503);
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
    const { answerTimeoutMs } = this.options;
    const webhook = new WaitingWebhook(instance, this.deadlines, answerTimeoutMs, () =>
      this.logger.warn(ANSWERED_TOO_EARLY(instance, answerTimeoutMs)),
    );
    this.handling.set(webhook, this.handle(raw, webhook, admission));
    return webhook.answered;
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

  private async handle(
    raw: RawDelivery,
    webhook: WaitingWebhook,
    admission: Pick<Admission, 'release'>,
  ): Promise<void> {
    const outcome = await this.intake.accept(raw);
    admission.release();
    webhook.settle(() => this.statusOf(outcome, raw));
    await webhook.answered;
    this.handling.delete(webhook);
  }

  private async statusOf(outcome: Outcome, raw: RawDelivery): Promise<number> {
    // GREEN-API posts the notification again after any status but 200.
    if (outcome.result === 'retry') return outcome.isUnavailable ? 503 : 500;
    // It may be damaged by the network, and it is not stored, so GREEN-API must post it again.
    if (outcome.result === 'acknowledged' && outcome.reason === 'unreadable') return 400;
    await this.intake.deleted(raw);
    return 200;
  }
}

/** A POST that waits for its handlers, but no longer than until its deadline. */
class WaitingWebhook implements Expiring {
  /** Resolves to the HTTP status. */
  readonly answered: Promise<number>;
  private resolve!: (status: number | Promise<number>) => void;
  private readonly deadline: Deadline;
  private isDecided = false;

  constructor(
    readonly instance: Instance | undefined,
    private readonly deadlines: Deadlines,
    timeoutMs: number,
    private readonly whenTooLate: () => void,
  ) {
    this.answered = new Promise((resolve) => (this.resolve = resolve));
    this.deadline = deadlines.add(timeoutMs, this);
  }

  expire(): void {
    this.whenTooLate();
    this.cutOff();
  }

  /** The handlers have ended. Does not ask for the status if the POST was cut off before. */
  settle(status: () => Promise<number>): void {
    if (this.isDecided) return;
    this.isDecided = true;
    this.deadlines.remove(this.deadline);
    this.resolve(status());
  }

  /** Answers 503, unless the handlers have ended. They go on. */
  cutOff(): void {
    this.settle(() => Promise.resolve(503));
  }
}
