import { Type } from 'class-transformer';
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

import { ENHANCER_KINDS, type EnhancerKind } from '../../handler/enhancers/watched.enhancers.js';
import type { TransportName } from '../../instance/instance.js';
import { DeadLetterOptions } from './dead-letter.options.js';
import { DeduplicationOptions } from './deduplication.options.js';
import { InstanceOptions } from './instance.options.js';
import { PollingOptions } from './polling.options.js';
import { RetryOptions } from './retry.options.js';
import { WebhookOptions } from './webhook.options.js';

/** The options of `GreenNotificationsModule`, with their defaults. */
export class GreenNotificationsOptions {
  /**
   * How notifications arrive.
   *
   * @default 'polling'
   */
  @IsIn(['polling', 'webhook'])
  readonly transport: TransportName = 'polling' as const;

  /** The GREEN-API accounts to receive from; none if all are added with `addInstance`. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => InstanceOptions)
  readonly instances!: InstanceOptions[];

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
   * What to do about the settings that GREEN-API has for each instance, once the application has
   * started. `check` reads them and logs what does not fit: a `webhookUrl` while polling, one that
   * differs from `webhook.publicUrl`, a handler for a kind that is switched off. `apply` changes
   * what does not fit, and nothing else.
   *
   * @default undefined the settings are neither read nor changed
   */
  @IsOptional()
  @IsIn(['check', 'apply'])
  readonly settings?: 'check' | 'apply';

  /** What happens after a handler failed. */
  @IsObject()
  @ValidateNested()
  @Type(() => RetryOptions)
  readonly retry: RetryOptions = new RetryOptions();

  /**
   * How long a handler may run, in milliseconds. Then its signal fires and the attempt has failed;
   * the handler is not started again before it has ended.
   *
   * @default 300000
   */
  @IsInt()
  @Min(1)
  @Max(24 * 60 * 60 * 1000)
  readonly handlerTimeoutMs: number = 300_000;

  /**
   * Where notifications are stored whose handlers gave up; only then are they acknowledged. `false`
   * never gives up: such a notification stays with GREEN-API and holds back everything behind it
   * until its handler succeeds.
   *
   * @default { file: 'green-notifications.dead-letters.jsonl' } in the working directory; if that
   * cannot be written, a warning, and as with `false`
   */
  @ValidateIf((_options, value) => value !== undefined && value !== null && value !== false)
  @IsObject()
  @ValidateNested()
  @Type(() => DeadLetterOptions)
  readonly deadLetters?: DeadLetterOptions | false;

  /**
   * How notifications that come a second time are recognised; `false` handles them again.
   *
   * @default in memory, for 25 hours
   */
  @ValidateIf((_options, value) => value !== false)
  @IsObject()
  @ValidateNested()
  @Type(() => DeduplicationOptions)
  readonly deduplication: DeduplicationOptions | false = new DeduplicationOptions();

  /**
   * What becomes of a notification that no handler matches: `acknowledge` lets the queue go on,
   * `retry` keeps it with GREEN-API, and with it everything behind it.
   *
   * @default undefined acknowledges; but an application without any handler or subscriber does not
   * receive, since that would lose everything
   */
  @IsOptional()
  @IsIn(['acknowledge', 'retry'])
  readonly unhandled?: 'acknowledge' | 'retry';

  /**
   * Whether receiving starts with the application. Otherwise it starts when
   * `GreenNotifications.start()` is called, so that a command line task or a test can import the
   * same modules and receive nothing.
   *
   * @default true
   */
  @IsBoolean()
  readonly autoStart: boolean = true;

  /**
   * Which of the application's global guards, pipes, interceptors and filters run for
   * notifications, too: all, none, or those of the kinds listed, such as `['pipes']`. Those of
   * methods and classes always run.
   *
   * @default true
   */
  @ValidateIf(({ globalEnhancers }) => typeof globalEnhancers !== 'boolean')
  @IsIn(ENHANCER_KINDS, { each: true })
  readonly globalEnhancers: boolean | readonly EnhancerKind[] = true as const;

  /**
   * How long a shutdown waits for running handlers, in milliseconds. What is not finished by then
   * stays with GREEN-API.
   *
   * @default 25000
   */
  @Min(0)
  @Max(60 * 60 * 1000)
  readonly shutdownTimeoutMs: number = 25_000;
}
