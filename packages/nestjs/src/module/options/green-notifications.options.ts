import { Transform, Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

import type { Inbox } from '../../delivery/inbox/inbox.js';
import { RETENTION_MS } from '../../gateway/green-api.limits.js';
import { ENHANCER_KINDS, type EnhancerKind } from '../../handler/enhancers/watched.enhancers.js';
import type { TransportName } from '../../instance/instance.js';
import { IsInbox, IsInstanceSource } from './custom.validators.js';
import type { InstanceSource } from '../instance-source/instance-source.js';
import { DeadLetterOptions } from './dead-letter.options.js';
import { DeduplicationOptions } from './deduplication.options.js';
import { InstanceOptions } from './instance.options.js';
import { PollingOptions } from './polling.options.js';
import { RetryOptions } from './retry.options.js';
import { unwrapStore } from './stores.js';
import { WebhookOptions } from './webhook.options.js';

/** The options of `GreenNotificationsModule`, with their defaults. */
export class GreenNotificationsOptions {
  /**
   * How notifications arrive, for every instance without a `transport` of its own.
   *
   * @default 'polling'
   */
  @IsIn(['polling', 'webhook'])
  readonly transport: TransportName = 'polling' as const;

  /** The GREEN-API accounts to receive from; `[]` if all are added with `addInstance`. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => InstanceOptions)
  readonly instances!: InstanceOptions[];

  /**
   * Where further instances come from, such as a table of tenants. They are added, replaced and
   * removed while the application runs.
   *
   * @default undefined
   */
  @IsOptional()
  @Transform(unwrapStore)
  @IsInstanceSource()
  readonly instanceSource?: InstanceSource;

  /** For `transport: 'polling'`. */
  @IsObject()
  @ValidateNested()
  @Type(() => PollingOptions)
  readonly polling: PollingOptions = new PollingOptions();

  /** For `transport: 'webhook'`. */
  @IsObject()
  @ValidateNested()
  @Type(() => WebhookOptions)
  readonly webhook: WebhookOptions = new WebhookOptions();

  /**
   * Whether to check or change the GREEN-API settings of each instance when receiving starts.
   * `check` reads them and logs each one that does not match the application: a `webhookUrl` while
   * polling, a `webhookUrl` that differs from `webhook.publicUrl`, a handler for a kind that is
   * switched off. `apply` changes these settings, and no others. GREEN-API: GetSettings,
   * SetSettings.
   *
   * @default undefined: the settings are neither read nor changed
   */
  @IsOptional()
  @IsIn(['check', 'apply'])
  readonly settings?: 'check' | 'apply';

  /** How often and when a failed handler runs again. */
  @IsObject()
  @ValidateNested()
  @Type(() => RetryOptions)
  readonly retry: RetryOptions = new RetryOptions();

  /**
   * How long a handler may run, in milliseconds, 1 to 86400000 (24 hours). After that its signal
   * fires and the attempt has failed. The handler does not start again for this notification until
   * the old run has ended.
   *
   * @default 300000
   */
  @IsInt()
  @Min(1)
  @Max(RETENTION_MS)
  readonly handlerTimeoutMs: number = 300_000;

  /**
   * A durable store between receiving and handling, such as `pgBossInbox({ … })` of
   * `@green-notifications/inbox`. A notification is acknowledged as soon as it is stored. Its
   * handlers run afterwards: in order within a chat, and in parallel for different chats.
   *
   * @default undefined: GREEN-API keeps a notification until its handlers have succeeded
   */
  @IsOptional()
  @Transform(unwrapStore)
  @IsInbox()
  readonly inbox?: Inbox;

  /**
   * Where to store a notification that a handler gave up on. It is acknowledged only after it is
   * stored. With `false` it is not stored: it stays with GREEN-API and blocks everything behind it
   * until its handler succeeds.
   *
   * @default { file: 'green-notifications.dead-letters.jsonl' } in the working directory. If that
   * file cannot be written, the module logs a warning and works as with `false`. With an `inbox`:
   * the database of the inbox.
   */
  @ValidateIf((_options, value) => value !== undefined && value !== null && value !== false)
  @IsObject()
  @ValidateNested()
  @Type(() => DeadLetterOptions)
  readonly deadLetters?: DeadLetterOptions | false;

  /**
   * How the module recognises notifications that it has already handled. With `false` they are
   * handled again.
   *
   * @default in memory, for 25 hours
   */
  @ValidateIf((_options, value) => value !== false)
  @IsObject()
  @ValidateNested()
  @Type(() => DeduplicationOptions)
  readonly deduplication: DeduplicationOptions | false = new DeduplicationOptions();

  /**
   * What to do with a notification that matches no handler. `acknowledge` removes it from the
   * queue. `retry` keeps it with GREEN-API, and it blocks everything behind it.
   *
   * @default undefined: as `acknowledge`. But an application without any handler or subscriber does
   * not start to receive, because every notification would be lost.
   */
  @IsOptional()
  @IsIn(['acknowledge', 'retry'])
  readonly unhandled?: 'acknowledge' | 'retry';

  /**
   * Whether receiving starts together with the application. With `false` it starts when
   * `GreenNotifications.start()` is called. So a command line task or a test can import the same
   * modules and receive nothing.
   *
   * @default true
   */
  @IsBoolean()
  readonly autoStart: boolean = true;

  /**
   * Which global guards, pipes, interceptors and filters of the application also run for
   * notifications: all (`true`), none (`false`), or the listed kinds, such as `['pipes']`. Those of
   * a class or a method always run.
   *
   * @default true
   */
  @ValidateIf(({ globalEnhancers }) => typeof globalEnhancers !== 'boolean')
  @IsIn(ENHANCER_KINDS, { each: true })
  readonly globalEnhancers: boolean | readonly EnhancerKind[] = true as const;

  /**
   * How long a stop waits for running handlers, in milliseconds, 0 to 3600000 (1 hour). A
   * notification that is not finished by then stays with GREEN-API.
   *
   * @default 25000
   */
  @Min(0)
  @Max(60 * 60 * 1000)
  readonly shutdownTimeoutMs: number = 25_000;
}
