import type { ServerResponse } from 'node:http';

import { type Observable, Subject } from 'rxjs';

import type { Admission } from './webhook.gate.js';
import { ApplicationRefusal } from './application-refusal.js';
import type { RefusalLog } from './refusal.log.js';

/** How far a webhook has come. */
interface Passage {
  isHandled: boolean;
  answer: number | undefined;
}

/**
 * Between the gate and the route stands the application: its middleware, guards, interceptors and
 * pipes. What they answer by themselves no handler sees and nothing counts, while GREEN-API posts
 * it again and again; a 200 among it is a notification lost. So every response is compared, when
 * it is over, with what the route answered.
 */
export class ApplicationWatch {
  private readonly passages = new WeakMap<Admission, Passage>();
  private readonly refusals = new Subject<ApplicationRefusal>();

  constructor(private readonly log: RefusalLog) {}

  get refused$(): Observable<ApplicationRefusal> {
    return this.refusals.asObservable();
  }

  /** The gate let it in. */
  follow(admission: Admission, response: ServerResponse): void {
    const passage: Passage = { isHandled: false, answer: undefined };
    this.passages.set(admission, passage);
    response.once('close', () => {
      const { isHandled, answer } = passage;
      const status = response.headersSent ? response.statusCode : undefined;
      // A sender that hangs up while the handlers work is none of the application's doing.
      if (isHandled && (status ?? answer) === answer) return;
      const refusal = new ApplicationRefusal(admission, status, isHandled);
      this.log.add(refusal);
      this.refusals.next(refusal);
    });
  }

  /** The route has it. */
  handled(admission: Admission): void {
    const passage = this.passages.get(admission);
    if (passage) passage.isHandled = true;
  }

  /** The route answers it. */
  answered(admission: Admission, status: number): void {
    const passage = this.passages.get(admission);
    if (passage) passage.answer = status;
  }
}
