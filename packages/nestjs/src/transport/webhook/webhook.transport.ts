import { pause } from '../../common/pause.js';
import { SteadyLogger } from '../../common/steady.logger.js';
import type { Arrived, NotificationIntake } from '../../delivery/notification.intake.js';
import type { Outcome } from '../../delivery/outcome.js';
import type { Instance } from '../../instance/instance.js';
import { Transport } from '../transport.js';
import type { Admission } from './admission.js';
import type { RefusalLog } from './refusal.log.js';
import {
  ANSWERED_TOO_EARLY,
  NOBODYS_WEBHOOK,
  UNSETTLED_WEBHOOKS,
  WEBHOOK_STARTED,
} from './webhook.messages.js';
import { WebhookWithoutServerError } from './webhook-without-server.error.js';

export interface WebhookTransportOptions {
  readonly path: string;
  readonly answerTimeoutMs: number;
  readonly instances: () => readonly Instance[];
  /** Whether there is an HTTP server that the route is on. */
  readonly isMounted: () => boolean;
}

/** Has what GREEN-API posts handled, and says with which status to answer. */
export class WebhookTransport extends Transport {
  private readonly logger = new SteadyLogger('GreenNotifications');
  /** Handlers at work, also those whose webhook is answered already. */
  private readonly handling = new Set<Promise<unknown>>();
  private readonly answering = new Set<Promise<unknown>>();
  private receiving: AbortController | undefined;

  constructor(
    private readonly intake: NotificationIntake,
    private readonly refusals: RefusalLog,
    private readonly options: WebhookTransportOptions,
  ) {
    super();
  }

  get isReceiving(): boolean {
    return this.receiving !== undefined;
  }

  /** @throws {WebhookWithoutServerError} */
  async start(): Promise<void> {
    const { path, instances, isMounted } = this.options;
    if (!isMounted()) throw new WebhookWithoutServerError();
    this.receiving ??= new AbortController();
    this.logger.log(WEBHOOK_STARTED(path, instances()));
  }

  async stop(timeoutMs: number): Promise<void> {
    const { receiving } = this;
    this.receiving = undefined;
    const timeout = new AbortController();
    await Promise.race([Promise.all(this.handling), pause(timeoutMs, timeout.signal)]);
    timeout.abort();
    const { size } = this.handling;
    if (size > 0) this.logger.warn(UNSETTLED_WEBHOOKS(size, timeoutMs));
    receiving?.abort();
    await Promise.all(this.answering);
    this.refusals.flush();
  }

  /** The HTTP status to answer with; it only resolves when that is known. */
  async answer({ instance, body }: Admission): Promise<number> {
    const { receiving } = this;
    if (!receiving) return 503;
    if (!instance) {
      this.logger.error(NOBODYS_WEBHOOK);
      return 200;
    }
    const arrived = { body, instance, transport: 'webhook', receivedAt: new Date() } as const;
    return track(this.settle(arrived, receiving.signal), this.answering);
  }

  private async settle(arrived: Arrived, stopped: AbortSignal): Promise<number> {
    const outcome = track(this.intake.accept(arrived), this.handling);
    const settled = new AbortController();
    const leave = () => settled.abort();
    stopped.addEventListener('abort', leave, { once: true });
    const { answerTimeoutMs } = this.options;
    const status = await Promise.race([
      outcome.then(statusOf),
      pause(answerTimeoutMs, settled.signal).then(() => undefined),
    ]);
    if (status === undefined && !stopped.aborted) {
      this.logger.warn(ANSWERED_TOO_EARLY(arrived.instance, answerTimeoutMs));
    }
    stopped.removeEventListener('abort', leave);
    settled.abort();
    return status ?? 503;
  }
}

/** Only what is to be sent again is not 200: GREEN-API keeps it for anything else. */
function statusOf({ result }: Outcome): number {
  return result === 'retry' ? 500 : 200;
}

function track<T>(work: Promise<T>, among: Set<Promise<unknown>>): Promise<T> {
  among.add(work);
  void work.finally(() => among.delete(work));
  return work;
}
