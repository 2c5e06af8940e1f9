import type { Clock } from '../clock/clock.js';
import type { InstanceOptions } from './instance.options.js';
import type { UndocumentedOptions } from './undocumented.options.js';
import type { WebhookSenderOptions } from './webhook-sender.options.js';

/** Options of `startEmulator`. Every one may be left out. */
export interface EmulatorOptions extends Partial<UndocumentedOptions> {
  /** Port to listen on; 0 takes any free one. @default 0 */
  port?: number;
  /** Address to listen on. @default '127.0.0.1' */
  host?: string;
  /** Time for everything the emulator does. @default the system's */
  clock?: Clock;
  /**
   * The instances that exist; any other is answered 403. Left out, every idInstance becomes an instance
   * at its first use, and the token of that use is its token from then on.
   */
  instances?: readonly InstanceOptions[];
  /** What every instance starts with unless it says otherwise, those made at first use included. */
  newInstances?: Pick<InstanceOptions, 'typeInstance' | 'settings'>;
  /** Whether requests above GREEN-API's rate are answered 429. @default true */
  rateLimits?: boolean;
  /** How long a notification stays queued, in milliseconds. @default 86400000 (24 hours) */
  retentionMs?: number;
  /** Idle time after which a kept-alive connection is closed, in milliseconds. @default 72000 */
  keepAliveTimeoutMs?: number;
  /** The webhook sender. */
  webhook?: Partial<WebhookSenderOptions>;
}
