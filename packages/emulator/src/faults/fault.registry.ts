import type { Answer } from '../http/answers.js';
import type { HttpExchange } from '../http/http.exchange.js';
import type { WebhookExchange } from '../webhook/webhook.exchange.js';
import type { FaultMatch, HttpFault, HttpFaultMatch, WebhookFault } from './fault.types.js';
import { PlannedFault } from './planned.fault.js';

interface HttpPlan {
  readonly planned: PlannedFault<HttpExchange>;
  readonly match: HttpFaultMatch;
  readonly fault: HttpFault;
}

interface WebhookPlan {
  readonly planned: PlannedFault<WebhookExchange>;
  readonly fault: WebhookFault;
}

/** The planned faults. Each request or push gets the first fault that matches. */
export class FaultRegistry {
  private readonly http: HttpPlan[] = [];
  private readonly webhook: WebhookPlan[] = [];

  /** Plays the fault on the next matching request. */
  next(match: HttpFaultMatch, fault: HttpFault): PlannedFault<HttpExchange> {
    const planned = new PlannedFault(fault.name, match);
    this.http.push({ planned, match, fault });
    return planned;
  }

  /** Plays the fault on the webhook sender's next matching attempt. */
  nextPush(match: FaultMatch<WebhookExchange>, fault: WebhookFault): PlannedFault<WebhookExchange> {
    const planned = new PlannedFault(fault.name, match);
    this.webhook.push({ planned, fault });
    return planned;
  }

  /** The planned faults that have not been played as often as planned. */
  get pending(): readonly PlannedFault[] {
    return this.all.filter(({ remaining }) => remaining > 0);
  }

  /** How often faults were played in total. */
  get fired(): number {
    return this.all.reduce((sum, planned) => sum + planned.fired, 0);
  }

  /** Removes all planned faults. */
  clear(): void {
    for (const planned of this.all) planned.remove();
  }

  /** @internal */
  takeBeforeEffect(exchange: HttpExchange): HttpFault | undefined {
    return this.takeHttp(exchange, ({ handingOut }) => !handingOut);
  }

  /** @internal */
  takeAfterEffect(exchange: HttpExchange, answer: Answer): HttpFault | undefined {
    if (!answer.handsOut) return undefined;
    return this.takeHttp(exchange, ({ handingOut }) => handingOut === true);
  }

  /** @internal */
  takeWebhook(exchange: WebhookExchange): WebhookFault | undefined {
    const { idInstance } = exchange.instance;
    return this.webhook.find(({ planned }) => planned.take(idInstance, exchange))?.fault;
  }

  private takeHttp(
    exchange: HttpExchange,
    isDue: (match: HttpFaultMatch) => boolean,
  ): HttpFault | undefined {
    const { request } = exchange;
    const plan = this.http.find(
      ({ planned, match }) =>
        isDue(match) &&
        (match.method === undefined || match.method === request.method) &&
        planned.take(request.idInstance, exchange),
    );
    if (plan) request.fault = plan.fault.name;
    return plan?.fault;
  }

  private get all(): PlannedFault[] {
    return [...this.http, ...this.webhook].map(({ planned }) => planned as PlannedFault);
  }
}
