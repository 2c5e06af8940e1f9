import { readThrown } from '../../common/thrown.js';

/** An error as it is kept: without tokens, and with what caused it. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ErrorRecord;
}

const DEEPEST_CAUSE = 5;

/** @param redact removes what must not be kept from a text */
export function errorRecordOf(
  thrown: unknown,
  redact: (text: string) => string,
  depth = 1,
): ErrorRecord {
  const { name, message, code, stack, cause } = readThrown(thrown);
  return {
    name,
    message: redact(message),
    ...(code !== undefined && { code }),
    ...(stack !== undefined && { stack: redact(stack) }),
    ...(cause !== undefined &&
      depth < DEEPEST_CAUSE && { cause: errorRecordOf(cause, redact, depth + 1) }),
  };
}
