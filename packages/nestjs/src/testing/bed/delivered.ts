import { failed, type HandlerRun, type Outcome } from '../../delivery/outcome.js';

/** What became of a notification that a test delivered. */
export class Delivered {
  constructor(readonly outcome: Outcome) {}

  /** `acknowledged`, `retry` or `dead-lettered`. */
  get result(): Outcome['result'] {
    return this.outcome.result;
  }

  /** One for each handler that ran, with its attempt, its duration, and its result or error. */
  get runs(): readonly HandlerRun[] {
    return this.outcome.runs;
  }

  /** The handlers that ran, such as `Inbox.onText`. */
  get handlers(): readonly string[] {
    return this.runs.map(({ handler }) => handler);
  }

  /** What the handlers that succeeded resolved to. */
  get results(): readonly unknown[] {
    return this.runs.filter((run) => !failed(run)).map(({ result }) => result);
  }

  /** What the handlers that failed threw. */
  get errors(): readonly unknown[] {
    return this.runs.filter((run) => failed(run)).map(({ error }) => error);
  }
}
