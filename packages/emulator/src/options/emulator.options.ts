import type { Clock } from '../clock/clock.js';
import type { InstanceSettings } from '../instance/instance.settings.js';
import type { TypeInstance } from '../notification/notification.types.js';
import type { UndocumentedOptions } from './undocumented.options.js';

/** One instance that exists from the start. */
export interface InstanceOptions {
  /** A whole number, as number or string. */
  idInstance: number | string;
  /** Left out, the token of the first request becomes the instance's. */
  apiTokenInstance?: string;
  /** The messenger; `v3` is MAX. @default 'whatsapp' */
  typeInstance?: TypeInstance;
  /** The account's own id in the messenger. @default made from idInstance */
  wid?: string;
  /** Settings that differ from those of a new instance. */
  settings?: Partial<InstanceSettings>;
}

/** How notifications are pushed while an instance has a `webhookUrl`. */
export interface WebhookSenderOptions {
  /** How long the receiver may take to answer, in milliseconds. @default 180000 */
  answerTimeoutMs: number;
  /** Pause after a failed attempt, in milliseconds, before the same one is sent again. @default 60000 */
  retryPauseMs: number;
  /** Least time between two notifications, in milliseconds (about 50 a second). @default 20 */
  pacingMs: number;
  /** Which statuses count as delivered; documentation names 200 only and is silent on the rest. @default '200' */
  success: '200' | '2xx';
}

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
