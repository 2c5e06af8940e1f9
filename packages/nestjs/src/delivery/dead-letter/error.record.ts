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
  error: unknown,
  redact: (text: string) => string,
  depth = 1,
): ErrorRecord {
  if (!(error instanceof Error)) {
    return { name: typeof error, message: redact(textOfThrown(error)) };
  }
  const { name, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    name,
    message: redact(message),
    ...(typeof code === 'string' && { code }),
    ...(stack !== undefined && { stack: redact(stack) }),
    ...(cause !== undefined &&
      depth < DEEPEST_CAUSE && { cause: errorRecordOf(cause, redact, depth + 1) }),
  };
}

function textOfThrown(thrown: unknown): string {
  try {
    return typeof thrown === 'object' && thrown !== null ? JSON.stringify(thrown) : String(thrown);
  } catch {
    return 'a value that cannot be shown';
  }
}
