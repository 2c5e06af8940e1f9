import { jsonNesting } from '../json-nesting.js';
import type { GreenApiFailure } from './green-api.error.js';
import { GreenApiProtocolError } from './protocol.error.js';

/**
 * `receiveNotification` answered with something that is not JSON, but has a receipt: the answer was
 * damaged on its way, or the notification itself is broken and will come like this every time.
 */
export class BrokenNotificationError extends GreenApiProtocolError {
  readonly receiptId: string;
  readonly #text: string;

  constructor(failure: GreenApiFailure, receiptId: string, text: string) {
    super(failure);
    this.receiptId = receiptId;
    this.#text = text;
  }

  /**
   * Whether the end is missing. A broken notification inside a whole answer still ends with the
   * answer's own brace.
   */
  get looksCutOff(): boolean {
    return jsonNesting(this.#text).isOpenAtEnd && !this.#text.trimEnd().endsWith('}');
  }

  /** What tells one broken notification from another: the answer without its receipt. */
  get identity(): string {
    return this.#text.replace(/"receiptId"\s*:\s*\d+/, '');
  }

  /** The answer as it came; it may hold personal data. */
  get text(): string {
    return this.#text;
  }
}
