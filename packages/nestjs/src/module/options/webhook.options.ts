import { IsArray, IsBoolean, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

import { RETENTION_MS } from '../../gateway/green-api.limits.js';
import { IsAddressEntry, IsDecorator, IsPublicUrl, IsTokens } from './custom.validators.js';
import { MaskedOptions } from './masked.options.js';

/** One token, or several. */
export type Tokens = string | readonly string[];

/** The tokens as a list; a function is called. */
export function listOf(tokens: Tokens | (() => Tokens) | undefined): readonly string[] {
  const given = typeof tokens === 'function' ? tokens() : tokens;
  return typeof given === 'string' ? [given] : (given ?? []);
}

/** The options of `transport: 'webhook'`. */
export class WebhookOptions extends MaskedOptions {
  /**
   * The path of the route. A global prefix of the application is added before it.
   *
   * @default 'green-api/webhook'
   */
  @Matches(/^[\w.~/-]+$/, { message: '$property must be a path such as green-api/webhook' })
  readonly path: string = 'green-api/webhook';

  /**
   * The secret that GREEN-API sends with each POST: `webhookUrlToken` in its console. With several,
   * each is accepted, so that you can change the token without losing webhooks. A function is called
   * for each webhook, so that a new token needs no restart; it must be quick. `settings: 'apply'`
   * sets the first one.
   *
   * @default undefined: an instance that receives by webhook needs its own `webhookToken`. Without
   * one, and without `insecure`, the application does not start.
   */
  @IsOptional()
  @IsTokens()
  readonly token?: Tokens | (() => Tokens);

  /**
   * Whether to accept webhooks without a token. Then anyone who knows the URL can post
   * notifications.
   *
   * @default false
   */
  @IsBoolean()
  readonly insecure: boolean = false;

  /**
   * The IP addresses and networks (`10.0.0.0/8`) that may post. An empty list allows every address.
   * GREEN-API publishes its addresses; see `GREEN_API_WHATSAPP_SENDERS` and the similar lists.
   *
   * @default []
   */
  @IsArray()
  @IsAddressEntry({ each: true })
  readonly allowedAddresses: readonly string[] = [];

  /**
   * The IP addresses and networks of your own reverse proxies. Only their entries in
   * `X-Forwarded-For` are trusted. With an empty list, the sender's address is the address of the
   * connection.
   *
   * @default []
   */
  @IsArray()
  @IsAddressEntry({ each: true })
  readonly trustedProxies: readonly string[] = [];

  /**
   * How long a POST may wait for the handlers, in milliseconds, 1 to 175000. After that it is
   * answered 503. The handlers keep running, and the next POST of the same notification waits for
   * the same run. GREEN-API itself waits 180 s for an answer.
   *
   * @default 150000
   */
  @IsInt()
  @Min(1)
  @Max(175_000)
  readonly answerTimeoutMs: number = 150_000;

  /**
   * The largest allowed body, in bytes, at least 1024. The limit of the application's body parser
   * does not apply here.
   *
   * @default 5242880 (5 MiB)
   */
  @IsInt()
  @Min(1024)
  readonly bodyLimitBytes: number = 5 * 1024 * 1024;

  /**
   * How long a body may take to arrive, in milliseconds, at least 1.
   *
   * @default 30000
   */
  @IsInt()
  @Min(1)
  readonly bodyTimeoutMs: number = 30_000;

  /**
   * The oldest notification that is accepted, in milliseconds since its `timestamp`; at least 24
   * hours, because GREEN-API may deliver that late. Deduplication remembers notifications for 25
   * hours. So with 24 hours, nobody can send a recorded webhook again unchanged.
   *
   * @default undefined accepts notifications of any age
   */
  @IsOptional()
  @IsInt()
  @Min(RETENTION_MS)
  readonly maxAgeMs?: number;

  /**
   * The full URL of the route, with prefix and path, as GREEN-API reaches it, such as
   * `https://bots.example.com/green-api/webhook`. `settings` compares it with `webhookUrl`.
   * `settings: 'apply'` needs it.
   *
   * @default undefined: `settings: 'check'` does not compare it
   */
  @IsOptional()
  @IsPublicUrl()
  readonly publicUrl?: string;

  /**
   * Method decorators for the route, such as `Public()` for a global guard, or `SkipThrottle()`.
   * Guards, interceptors, pipes and filters in them must be instances, not classes.
   *
   * @default []
   */
  @IsArray()
  @IsDecorator({ each: true })
  readonly decorators: readonly MethodDecorator[] = [];
}
