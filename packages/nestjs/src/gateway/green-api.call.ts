/** One call of a GREEN-API method. */
export interface GreenApiCall {
  /** The GREEN-API method, such as `receiveNotification`. */
  readonly method: string;
  readonly httpMethod: 'GET' | 'POST' | 'DELETE';
  /** What follows the token in the path, such as the receipt of `deleteNotification`. */
  readonly pathParameter?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** After this time, in milliseconds, the call fails with a `GreenApiNetworkError`. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}
