import type { EmulatedInstance } from '../instance/emulated.instance.js';
import type { ResolvedOptions } from '../options/resolved.options.js';
import type { Answer, ErrorContext } from './answers.js';

/** One call of a method with a valid token. */
export interface ApiCall extends ErrorContext {
  readonly instance: EmulatedInstance;
  readonly options: ResolvedOptions;
  /** The part of the path after the token, such as the `receiptId`. */
  readonly parameter: string | undefined;
  readonly query: URLSearchParams;
  readonly bodyText: string;
  /** The body if it is multipart. */
  readonly form: FormData | undefined;
  /** Aborted when the caller closes the connection or the emulator closes. */
  readonly signal: AbortSignal;
}

/** One of GREEN-API's methods. */
export interface ApiMethod {
  readonly name: string;
  readonly verbs: readonly string[];
  /** Missing if it is not documented. */
  readonly requestsPerSecond?: number;
  /** Returns an error, if there is one, before the rate limit is checked. */
  refuse?(call: ApiCall): Answer | undefined;
  handle(call: ApiCall): Answer | Promise<Answer>;
}
