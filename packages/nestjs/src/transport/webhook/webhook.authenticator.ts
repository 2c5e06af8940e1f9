import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What the `Authorization` of one request is good for. */
export interface WebhookCredential {
  isFor(idInstance: string): boolean;
}

/** Every `Authorization` header as it was sent; Node's `headers` drops all but the first. */
export function authorizationHeaders({ rawHeaders }: IncomingMessage): readonly string[] {
  return rawHeaders.filter(
    (_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'authorization',
  );
}

export interface WebhookTokens {
  /** For every instance without tokens of its own. */
  readonly common: readonly string[];
  /** Whether an instance that has no token at all takes whatever comes. */
  readonly insecure: boolean;
}

type Digest = Buffer;

/**
 * Compares `Authorization` with the tokens. GREEN-API sends `Bearer <token>`, or the token as it
 * stands when the user wrote the scheme into the setting, so the whole header is compared and what
 * follows `Bearer` or `Basic`. Both sides are hashed and compared in constant time, and every
 * token is compared, so that the time taken tells nothing.
 */
export class WebhookAuthenticator {
  readonly #common: readonly string[];
  readonly #commonDigests: readonly Digest[];
  readonly #own = new Map<string, readonly string[]>();
  readonly #ownDigests = new Map<string, readonly Digest[]>();
  private readonly insecure: boolean;

  constructor({ common, insecure }: WebhookTokens) {
    this.#common = common;
    this.#commonDigests = common.map(digestOf);
    this.insecure = insecure;
  }

  /** Gives an instance tokens of its own, which stand in place of the common ones. */
  setTokens(idInstance: string, tokens: readonly string[]): void {
    if (tokens.length === 0) return;
    this.#own.set(idInstance, tokens);
    this.#ownDigests.set(idInstance, tokens.map(digestOf));
  }

  forgetTokens(idInstance: string): void {
    this.#own.delete(idInstance);
    this.#ownDigests.delete(idInstance);
  }

  /** The tokens that are good for an instance; the first is the one to set at GREEN-API. */
  tokensOf(idInstance: string): readonly string[] {
    return this.#own.get(idInstance) ?? this.#common;
  }

  /** Whether posts for an instance are checked, or need no check. */
  isReadyFor(idInstance: string): boolean {
    return this.insecure || this.tokensOf(idInstance).length > 0;
  }

  /**
   * Undefined if no instance takes it.
   *
   * @param authorization every `Authorization` header of the request: two are as bad as none
   */
  check(authorization: readonly string[]): WebhookCredential | undefined {
    const [header, ...others] = authorization;
    if (others.length > 0) return undefined;
    const offered = header === undefined ? [] : candidatesIn(header).map(digestOf);
    const isCommon = includesAny(this.#commonDigests, offered);
    const owners = [...this.#ownDigests].filter(([, tokens]) => includesAny(tokens, offered));
    const owning = new Set(owners.map(([idInstance]) => idInstance));
    const isOpen = this.insecure && this.#common.length === 0;
    if (!isCommon && !isOpen && owning.size === 0) return undefined;
    return {
      isFor: (idInstance) =>
        this.#own.has(idInstance) ? owning.has(idInstance) : isCommon || isOpen,
    };
  }
}

function candidatesIn(header: string): string[] {
  const whole = header.trim();
  const rest = /^(?:Bearer|Basic) +(.+)$/i.exec(whole)?.[1];
  return rest === undefined ? [whole] : [whole, rest];
}

function digestOf(text: string): Digest {
  return createHash('sha256').update(text).digest();
}

function includesAny(tokens: readonly Digest[], offered: readonly Digest[]): boolean {
  let found = false;
  for (const token of tokens) {
    for (const candidate of offered) found = timingSafeEqual(token, candidate) || found;
  }
  return found;
}
