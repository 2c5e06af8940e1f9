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
  protected async fields(
    method: string,
    call: JsonCall,
  ): Promise<Readonly<Record<string, unknown>>> {
    const text = await this.#connection.send({ deadlineMs: ANSWER_MARGIN_MS, ...call, method });
    if (text.trim() === '') return {};
    try {
      const answer = parseJson(text);
      return typeof answer === 'object' && answer !== null
        ? (answer as Readonly<Record<string, unknown>>)
        : {};
    } catch {
      throw this.unreadable(method, `${text.length} characters that are not JSON`);
    }
  }

  protected unreadable(method: string, detail: string): GreenApiProtocolError {
    return new GreenApiProtocolError({ method, idInstance: this.idInstance, status: 200, detail });
  }
}
