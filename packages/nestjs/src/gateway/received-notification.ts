/** The head of an instance's queue, as `receiveNotification` hands it out. */
export interface ReceivedNotification {
  /** Names this hand-out towards `deleteNotification`. Opaque: digits, kept as text. */
  readonly receiptId: string;
  /** The notification, not yet looked at. */
  readonly body: unknown;
}
