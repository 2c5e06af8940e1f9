/** An answer of GREEN-API, by HTTP status and JSON. */
export interface GatewayAnswer {
  readonly status: number;
  readonly body?: unknown;
}
