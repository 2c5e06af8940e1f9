/** What `deleteNotification` answered. */
export interface Deletion {
  /** False if GREEN-API has no such notification (any more). */
  readonly deleted: boolean;
  readonly reason?: string;
}
