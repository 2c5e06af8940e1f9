import type { Instance } from '../../instance/instance.js';
import type { Admission } from './gate/webhook.gate.js';
import type { LoggedRefusal } from './gate/refusal.log.js';
import { REFUSED_BY_APPLICATION } from './webhook.messages.js';

/** A webhook that the gate admitted, but that the application answered instead of the route. */
export class ApplicationRefusal implements LoggedRefusal {
  readonly reason = 'application';
  readonly level = 'error';

  constructor(
    readonly admission: Admission,
    /** Undefined if the connection ended without an answer. */
    readonly status: number | undefined,
    /** Whether the route got the webhook first, so that its handlers ran or still run. */
    readonly isHandled: boolean,
  ) {}

  get instance(): Instance | undefined {
    return this.admission.instance;
  }

  get kind(): string {
    return `application ${this.status} ${this.isHandled}`;
  }

  describe(more?: number): string {
    return REFUSED_BY_APPLICATION(this, more);
  }
}
