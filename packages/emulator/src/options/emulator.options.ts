import type { Clock } from '../clock/clock.js';
import type { InstanceSettings } from '../instance/instance.settings.js';
import type { TypeInstance } from '../notification/notification.types.js';
import type { UndocumentedOptions } from './undocumented.options.js';

/** One instance that exists from the start. */
export interface InstanceOptions {
  /** A whole number, as a number or a string. */
  idInstance: number | string;
  /** The token. @default the token of the first request */
  apiTokenInstance?: string;
  /** The messenger; `v3` is MAX. @default 'whatsapp' */
  typeInstance?: TypeInstance;
  /** The account's own id in the messenger. @default derived from `idInstance` */
  wid?: string;
  /** Settings that differ from the defaults of a new instance. */
  settings?: Partial<InstanceSettings>;
}

/** How notifications are pushed to the `webhookUrl` of an instance. */
export interface WebhookSenderOptions {
  /** How long to wait for the receiver's answer, in milliseconds. @default 180000 */
  answerTimeoutMs: number;
  /** Pause before a failed notification is sent again, in milliseconds. @default 60000 */
  retryPauseMs: number;
  /** Pause after each delivered notification, in milliseconds (about 50 a second). @default 20 */
  pacingMs: number;
  /** The statuses that count as delivered. GREEN-API documents 200 only. @default '200' */
  success: '200' | '2xx';
}

/** Webhooks that the emulator does not send, because their host is not allowed. */
export interface RefusedWebhook {
  readonly idInstance: string;
  /** The host of the `webhookUrl`. */
  readonly host: string;
}

/** Options of `startEmulator`. All are optional. */
export interface EmulatorOptions extends Partial<UndocumentedOptions> {
  /** Port to listen on; 0 uses any free port. @default 0 */
  port?: number;
  /** Address to listen on. @default '127.0.0.1' */
  host?: string;
  /**
   * Names and addresses, without a port, that requests may have in their `Host` header, besides
   * `host`, `localhost`, `*.localhost` and loopback addresses. Requests with any other `Host` are
   * answered 403.
   * @default []
   */
  allowedHosts?: readonly string[];
  /**
   * The origins of web pages that may use the emulator, such as `http://localhost:5173`, besides
   * the emulator's own; `*` for all. Requests of other pages are answered 403. Requests without an
   * `Origin` header are not concerned, unless `Sec-Fetch-Site` shows that a page sent them.
   * @default []
   */
  allowedOrigins?: readonly string[];
  /**
   * The hosts, without a port, of webhook URLs that do not lead to a loopback address, such as
   * `host.docker.internal`; `*` for all. A notification for any other host is not sent; its
   * hand-out has the failure `not-allowed`.
   * @default []
   */
  allowedWebhookHosts?: readonly string[];
  /**
   * Called once for each instance and `webhookUrl` that is not allowed.
   * @default does nothing
   */
  onWebhookRefused?: (refused: RefusedWebhook) => void;
  /** The clock of the emulator. @default a `SystemClock` */
  clock?: Clock;
  /**
   * The instances that exist. Requests to any other instance are answered 403.
   * @default any: an instance is created at its first request, and the token of that request stays
   * its token
   */
  instances?: readonly InstanceOptions[];
  /** Default options of every instance, including those that are created at their first request. */
  newInstances?: Pick<InstanceOptions, 'typeInstance' | 'settings'>;
  /** Whether requests above GREEN-API's rate limit are answered 429. @default true */
  rateLimits?: boolean;
  /**
   * What methods answer that send no message, by name: `downloadFile`, `readChat`, `getChatHistory`,
   * `getContactInfo`, `checkWhatsapp` and so on. `undefined` is an empty body.
   * @default {}, and each answers success: `getChatHistory` an empty list
   */
  answers?: Readonly<Record<string, unknown>>;
  /** How long a notification stays queued, in milliseconds. @default 86400000 (24 hours) */
  retentionMs?: number;
  /** Idle time after which a keep-alive connection is closed, in milliseconds. @default 72000 */
  keepAliveTimeoutMs?: number;
  /** Options of the webhook sender. */
  webhook?: Partial<WebhookSenderOptions>;
}
