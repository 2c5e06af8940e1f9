import type { ServerResponse } from 'node:http';

import { type Observable, Subject } from 'rxjs';

import type { Admission } from './gate/webhook.gate.js';
import { ApplicationRefusal } from './application-refusal.js';
import type { RefusalLog } from './gate/refusal.log.js';

/**
 * Finds webhooks that the application answered instead of the route.
 *
 * The middleware, guards, interceptors and pipes of the application run between the gate and the
 * route. If one of them answers, no handler runs and no counter changes. GREEN-API then posts the
 * webhook again and again, or, after a 200, the notification is lost. So each finished response is
 * compared with the answer of the route, and a difference is logged and published.
 */
export class ApplicationWatch {
  private readonly refusals = new Subject<ApplicationRefusal>();

  constructor(private readonly log: RefusalLog) {}

  get refused$(): Observable<ApplicationRefusal> {
    return this.refusals.asObservable();
  }

  /** Call when the gate has admitted a webhook. */
  follow(admission: Admission, response: ServerResponse): void {
    response.once('close', () => {
      const { isHandled, answer } = admission;
      if (!isHandled) admission.release();
      const status = response.headersSent ? response.statusCode : undefined;
      // If the sender hangs up while the handlers run, the application has done nothing wrong.
      if (isHandled && (status ?? answer) === answer) return;
      const refusal = new ApplicationRefusal(admission, status, isHandled);
      this.log.add(refusal);
      this.refusals.next(refusal);
    });
  }
}
