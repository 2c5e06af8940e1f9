import type { Dispatcher } from 'undici';

import { GreenApiProtocolError } from './errors/protocol.error.js';
import type { GreenApiCall } from './green-api.call.js';
import { GreenApiConnection } from './green-api.connection.js';
import type { InstanceCredentials } from './instance-credentials.js';
import { parseJson } from './parse-json.js';

/** How long an answer may take beyond the time that GREEN-API itself was asked to wait. */
export const ANSWER_MARGIN_MS = 10_000;

/** A method's call without what the client knows by itself. */
export type JsonCall = Omit<GreenApiCall, 'method' | 'deadlineMs'> & {
  readonly deadlineMs?: number;
};

export type JsonFields = Readonly<Record<string, unknown>>;

/** Calls the methods of one instance and reads their JSON answers. */
export abstract class JsonClient {
  readonly idInstance: string;
  readonly #connection: GreenApiConnection;

  constructor(credentials: InstanceCredentials, dispatcher: Dispatcher) {
    this.idInstance = credentials.idInstance;
    this.#connection = new GreenApiConnection(credentials, dispatcher);
  }

  /** `text` without this instance's token, for logs. */
  redact(text: string): string {
    return this.#connection.redact(text);
  }

  /** The fields of the answer; none if it is empty or no object. */
  protected async fields(method: string, call: JsonCall): Promise<JsonFields> {
    const text = await this.text(method, call);
    return fieldsOf(text) ?? this.refuse(method, text);
  }

  /** The answer as it came. */
  protected text(method: string, call: JsonCall): Promise<string> {
    return this.#connection.send({ deadlineMs: ANSWER_MARGIN_MS, ...call, method });
  }

  /** @throws {GreenApiProtocolError} */
  protected refuse(method: string, text: string): never {
    throw this.unreadable(method, `${text.length} characters that are not JSON`);
  }

  protected unreadable(method: string, detail: string): GreenApiProtocolError {
    return new GreenApiProtocolError({ method, idInstance: this.idInstance, status: 200, detail });
  }
}

/** The fields of a JSON text; none if it is empty or no object, undefined if it is not JSON. */
export function fieldsOf(text: string): JsonFields | undefined {
  if (text.trim() === '') return {};
  try {
    const value = parseJson(text);
    return typeof value === 'object' && value !== null ? (value as JsonFields) : {};
  } catch {
    return undefined;
  }
}
