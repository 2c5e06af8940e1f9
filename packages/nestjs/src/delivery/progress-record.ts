import { type ErrorRecord, errorRecordOf } from './dead-letter/dead-letter.js';
import { DeliveryProgress, type HandlerProgress } from './delivery-progress.js';
import { RememberedResults } from './remembered-results.js';

/** Progress in a form that JSON can represent, for stores that outlive the process. */
export interface ProgressRecord {
  /** ISO 8601. */
  readonly firstAt: string;
  readonly nonce: string;
  readonly isStuck: boolean;
  readonly handlers: Readonly<Record<string, HandlerRecord>>;
}

interface HandlerRecord extends Omit<HandlerProgress, 'dueAtMs' | 'error' | 'remembered'> {
  /** ISO 8601, because a monotonic time means nothing in another process. */
  readonly dueAt: string;
  readonly error?: ErrorRecord;
  /** JSON texts, by name. */
  readonly remembered?: Readonly<Record<string, string>>;
}

/** @param redact removes tokens from a text */
export function recordOfProgress(
  { firstAt, nonce, isStuck, handlers }: DeliveryProgress,
  redact: (text: string) => string,
): ProgressRecord {
  const records = [...handlers].map(([name, { dueAtMs, error, remembered, ...rest }]) => [
    name,
    {
      ...rest,
      dueAt: new Date(Date.now() + dueAtMs - performance.now()).toISOString(),
      ...(error !== undefined && { error: errorRecordOf(error, redact) }),
      ...(remembered && { remembered: remembered.record }),
    },
  ]);
  return {
    firstAt: firstAt.toISOString(),
    nonce,
    isStuck,
    handlers: Object.fromEntries(records) as ProgressRecord['handlers'],
  };
}

/** Turns a record back into progress: the reverse of `recordOfProgress`. */
export function progressOfRecord({
  firstAt,
  nonce,
  isStuck,
  handlers,
}: ProgressRecord): DeliveryProgress {
  const progress = new DeliveryProgress(new Date(firstAt));
  Object.assign(progress, { nonce, isStuck });
  for (const [name, { dueAt, error, remembered, ...rest }] of Object.entries(handlers)) {
    const dueAtMs = performance.now() + Date.parse(dueAt) - Date.now();
    Object.assign(progress.of(name), {
      ...rest,
      dueAtMs,
      error: error && errorOf(error),
      remembered: remembered && new RememberedResults(remembered),
    });
  }
  return progress;
}

/** An error with the stored fields. Its class and its cause are lost. */
function errorOf({ name, message, stack, code }: ErrorRecord): Error {
  return Object.assign(new Error(message), { name, stack, ...(code !== undefined && { code }) });
}
