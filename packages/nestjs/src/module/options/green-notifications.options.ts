import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

import { ENHANCER_KINDS, type EnhancerKind } from '../../handler/enhancers/enhancer-kind.js';
import type { TransportName } from '../../delivery/delivery.js';
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

  /** The GREEN-API accounts to receive from; at least one. */
  @IsArray()
  @ArrayNotEmpty()
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

  /** Where that goes which handlers gave up on. Without it nothing is ever given up on. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => DeadLetterOptions)
  readonly deadLetters?: DeadLetterOptions;

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
   * @default 'acknowledge'
   */
  @IsIn(['acknowledge', 'retry'])
  readonly unhandled: 'acknowledge' | 'retry' = 'acknowledge' as const;

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
