import type { TransportName } from '../instance/instance.js';
import type { HandledNotifications } from './handled-notifications.js';

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
