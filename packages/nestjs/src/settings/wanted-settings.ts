import type { TransportName } from '../instance/instance.js';

/** What one handler asks for, as far as GREEN-API's settings decide whether it ever comes. */
export interface HandledNotifications {
  /** `typeWebhook` values, or `'*'`. */
  readonly kinds: readonly string[];
  /** `typeMessage` values; none for any. */
  readonly typeMessages: readonly string[];
  /** Names of instances; undefined for all. */
  readonly instances: readonly string[] | undefined;
}

/** What the application needs the settings of one instance to be. */
export interface WantedSettings {
  readonly transport: TransportName;
  /** Where GREEN-API reaches the webhook route, if the options say so. */
  readonly publicUrl: string | undefined;
  /** What to set as `webhookUrlToken`; undefined if none is needed. */
  readonly token: string | undefined;
  /** Whether a POST with this `webhookUrlToken` would be let in. */
  readonly accepts: (webhookUrlToken: string) => boolean;
  readonly handled: readonly HandledNotifications[];
}
