/** What one handler asks for, as far as GREEN-API's settings decide whether it ever comes. */
export interface HandledNotifications {
  /** `typeWebhook` values, or `'*'`. */
  readonly kinds: readonly string[];
  /** `typeMessage` values; none for any. */
  readonly typeMessages: readonly string[];
  /** Names of instances; undefined for all. */
  readonly instances: readonly string[] | undefined;
}
