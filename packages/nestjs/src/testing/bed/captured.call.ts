/** A call of a GREEN-API method that was caught on its way. */
export interface CapturedCall {
  /** Such as `sendMessage`. */
  readonly method: string;
  readonly idInstance: string;
  /** What was posted, if anything was. */
  readonly body: unknown;
}
