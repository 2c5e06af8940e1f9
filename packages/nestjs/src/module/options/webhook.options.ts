import {
  IsArray,
  IsBoolean,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
} from 'class-validator';

import { IsAddressEntry, IsDecorator } from './custom.validators.js';

/** How `transport: 'webhook'` receives. */
export class WebhookOptions {
  /**
   * Where the route is, under the application's global prefix if it has one.
   *
   * @default 'green-api/webhook'
   */
  @Matches(/^[\w.~/-]+$/, { message: '$property must be a path such as green-api/webhook' })
  readonly path: string = 'green-api/webhook';

  /**
   * The secret that GREEN-API sends with each POST: `webhookUrlToken` of its console. Several are
   * all accepted, so that it can be changed without a gap; `settings: 'apply'` sets the first.
   *
   * @default undefined the application does not start, unless every instance has its own
   */
  @IsOptional()
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  readonly token?: string | readonly string[];

  /**
   * Whether to start without a token, so that whoever knows the address can post notifications.
   *
   * @default false
   */
  @IsBoolean()
  readonly insecure: boolean = false;

  /**
   * The addresses and networks (`10.0.0.0/8`) that may post; none lets every address in. GREEN-API
   * publishes its own, see `GREEN_API_WHATSAPP_SENDERS` and its neighbours.
   *
   * @default []
   */
  @IsArray()
  @IsAddressEntry({ each: true })
  readonly allowedAddresses: readonly string[] = [];

  /**
   * The addresses and networks of your own reverse proxies. Only what they say in
   * `X-Forwarded-For` is believed; without them, the address is that of the connection.
   *
   * @default []
   */
  @IsArray()
  @IsAddressEntry({ each: true })
  readonly trustedProxies: readonly string[] = [];

  /**
   * How long a POST may wait for the handlers, in milliseconds. After that it is answered 503 while
   * the handlers go on, and the next POST of the same notification joins them. GREEN-API itself
   * gives up after 180 s.
   *
   * @default 150000
   */
  @IsInt()
  @Min(1)
  @Max(175_000)
  readonly answerTimeoutMs: number = 150_000;

  /**
   * The largest body, in bytes. The limits of the application's own body parser do not matter here.
   *
   * @default 5242880 (5 MiB)
   */
  @IsInt()
  @Min(1024)
  readonly bodyLimitBytes: number = 5 * 1024 * 1024;

  /**
   * How long a body may take to arrive, in milliseconds.
   *
   * @default 30000
   */
  @IsInt()
  @Min(1)
  readonly bodyTimeoutMs: number = 30_000;

  /**
   * The whole address at which GREEN-API reaches the route, path and prefix included, such as
   * `https://bots.example.com/green-api/webhook`. `settings` compares it with `webhookUrl`, and
   * `settings: 'apply'` needs it.
   */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  readonly publicUrl?: string;

  /**
   * Decorators for the route's method, such as `Public()` for a global guard, or `SkipThrottle()`.
   * Guards, interceptors, pipes and filters among them must be instances.
   *
   * @default []
   */
  @IsArray()
  @IsDecorator({ each: true })
  readonly decorators: readonly MethodDecorator[] = [];
}
