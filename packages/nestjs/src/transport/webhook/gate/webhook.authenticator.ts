import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * The result of a token check: the instances that the `Authorization` of a request is valid for.
 */
export interface WebhookCredential {
  isFor(idInstance: string): boolean;
}

/** All `Authorization` headers as they were sent. Node's `headers` keeps only the first. */
export function authorizationHeaders({ rawHeaders }: IncomingMessage): readonly string[] {
  return rawHeaders.filter(
    (_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'authorization',
  );
}

export interface WebhookTokens {
  /** The tokens for every instance without its own tokens. */
  readonly common: readonly string[];
  /** Whether instances without a token accept every request. */
  readonly insecure: boolean;
}

type Digest = Buffer;

/**
 * Compares the `Authorization` header with the tokens. GREEN-API sends `Bearer <token>`, or
 * `webhookUrlToken` unchanged if it already starts with Bearer or Basic. So both the whole header
 * and the part after `Bearer` or `Basic` are compared. Both sides are hashed, every token is
 * compared, and each comparison takes constant time, so the response time reveals nothing about the
 * tokens.
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

  /** Gives an instance its own tokens. They replace the common ones. */
  setTokens(idInstance: string, tokens: readonly string[]): void {
    if (tokens.length === 0) return;
    this.#own.set(idInstance, tokens);
    this.#ownDigests.set(idInstance, tokens.map(digestOf));
  }

  forgetTokens(idInstance: string): void {
    this.#own.delete(idInstance);
    this.#ownDigests.delete(idInstance);
  }

  /** The valid tokens of an instance. The first is the one to set at GREEN-API. */
  tokensOf(idInstance: string): readonly string[] {
    return this.#own.get(idInstance) ?? this.#common;
  }

  /** Whether the instance has a token, or needs none because of `insecure`. */
  isReadyFor(idInstance: string): boolean {
    return this.insecure || this.tokensOf(idInstance).length > 0;
  }

  /**
   * Checks the token. Undefined if it is valid for no instance.
   *
   * @param authorization all `Authorization` headers of the request; with more than one, it is
   * refused
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
