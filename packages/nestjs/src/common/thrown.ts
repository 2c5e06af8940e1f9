/**
 * The readable parts of a thrown value. All fields are strings, except `cause`, which is left as it
 * is.
 */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: unknown;
}

/**
 * Reads a thrown value. Never throws itself, although a thrown value may be anything: not an
 * `Error` at all, or an `Error` whose fields have other types or throw when they are read.
 */
export function readThrown(thrown: unknown): Thrown {
  if (!(thrown instanceof Error)) return { name: typeof thrown, message: textOfThrown(thrown) };
  const code = field(thrown, 'code');
  const stack = field(thrown, 'stack');
  const cause = field(thrown, 'cause');
  return {
    name: stringOr(field(thrown, 'name'), 'Error'),
    message: stringOr(field(thrown, 'message'), ''),
    ...(typeof code === 'string' && { code }),
    ...(typeof stack === 'string' && { stack }),
    ...(cause !== undefined && { cause }),
  };
}

function field(error: Error, key: string): unknown {
  try {
    return (error as unknown as Readonly<Record<string, unknown>>)[key];
  } catch {
    return undefined;
  }
}

function stringOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

function textOfThrown(thrown: unknown): string {
  try {
    return typeof thrown === 'object' && thrown !== null
      ? (JSON.stringify(thrown) ?? '')
      : String(thrown);
  } catch {
    return 'a value that cannot be shown as text';
  }
}
