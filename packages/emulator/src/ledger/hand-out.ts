/** One time a notification was given to a consumer. */
export interface HandOut {
  readonly transport: 'polling' | 'webhook';
  readonly atMs: number;
  /** The receipt it was handed out with; polling only. */
  readonly receiptId?: number;
  /** What the receiver answered; webhook only, absent until and unless it answers. */
  status?: number;
  /** Why no answer came; webhook only. */
  failure?: 'timeout' | 'hung-up' | 'connection' | 'closed';
}
