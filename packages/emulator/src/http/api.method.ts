import type { EmulatedInstance } from '../instance/emulated.instance.js';
import type { ResolvedOptions } from '../options/resolved.options.js';
import type { Answer, ErrorContext } from './answers.js';

/** One call of a method by a caller who has shown the right token. */
export interface ApiCall extends ErrorContext {
  readonly instance: EmulatedInstance;
  readonly options: ResolvedOptions;
  /** What follows the token in the path. */
  readonly parameter: string | undefined;
  readonly query: URLSearchParams;
  readonly bodyText: string;
  /** Aborted when the caller hangs up or the emulator closes. */
  readonly signal: AbortSignal;
}

/** One of GREEN-API's methods. */
export interface ApiMethod {
  readonly name: string;
  readonly verbs: readonly string[];
  readonly requestsPerSecond: number;
  /** Refusals that come before the rate limit is looked at. */
  refuse?(call: ApiCall): Answer | undefined;
  handle(call: ApiCall): Answer | Promise<Answer>;
}
