import type { TransportName } from '../instance/instance.js';

/**
 * The notifications that one handler handles, as far as GREEN-API's settings can switch them off.
 */
export interface HandledNotifications {
  /** `typeWebhook` values, or `'*'`. */
  readonly kinds: readonly string[];
  /** `typeMessage` values; empty for any. */
  readonly typeMessages: readonly string[];
  /** Names of instances; undefined for all. */
  readonly instances: readonly string[] | undefined;
}

/** The settings that the application needs for one instance. */
export interface WantedSettings {
  readonly transport: TransportName;
  /** The URL at which GREEN-API reaches the webhook route, if the options set it. */
  readonly publicUrl: string | undefined;
  /** The value to set as `webhookUrlToken`; undefined if none is needed. */
  readonly token: string | undefined;
  /** Whether a POST with this `webhookUrlToken` would be accepted. */
  readonly accepts: (webhookUrlToken: string) => boolean;
  readonly handled: readonly HandledNotifications[];
}
