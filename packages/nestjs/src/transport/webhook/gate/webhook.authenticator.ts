import { hash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * The result of a token check: the instances that the `Authorization` of a request is valid for.
 */
export interface WebhookCredential {
  /** The same for all requests with the same token. It does not reveal the token. */
  readonly owner: string;
  isFor(idInstance: string): boolean;
}

/** All `Authorization` headers as they were sent. Node's `headers` keeps only the first. */
export function authorizationHeaders({ rawHeaders }: IncomingMessage): readonly string[] {
  return rawHeaders.filter(
    (_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'authorization',
  );
}

export interface WebhookTokens {
  /** Returns the tokens for every instance without its own tokens; called for each request. */
  readonly common: () => readonly string[];
  /** Whether instances without a token accept every request. */
  readonly insecure: boolean;
}

/**
 * Compares the `Authorization` header with the tokens. GREEN-API sends `Bearer <token>`, or
 * `webhookUrlToken` unchanged if it already starts with Bearer or Basic. So both the whole header
 * and the part after `Bearer` or `Basic` are compared.
 *
 * Tokens are compared by their hash with a key that only this process knows, and the hash never
 * leaves it. So the response time reveals nothing about them, and thousands of instances with their
 * own tokens cost one look-up.
 */
export class WebhookAuthenticator {
  readonly #key = randomBytes(32).toString('hex');
  readonly #common: () => readonly string[];
  readonly #own = new Map<string, readonly string[]>();
  /** The instances that have a token, by its hash. */
  readonly #owners = new Map<string, Set<string>>();
  private readonly insecure: boolean;

  constructor({ common, insecure }: WebhookTokens) {
    this.#common = common;
    this.insecure = insecure;
  }

  /** Gives an instance its own tokens. They replace the common ones. */
  setTokens(idInstance: string, tokens: readonly string[]): void {
    this.forgetTokens(idInstance);
    if (tokens.length === 0) return;
    this.#own.set(idInstance, tokens);
    for (const digest of tokens.map((token) => this.#digestOf(token))) {
      this.#owners.set(digest, (this.#owners.get(digest) ?? new Set()).add(idInstance));
    }
  }

  forgetTokens(idInstance: string): void {
    for (const token of this.#own.get(idInstance) ?? []) {
      const digest = this.#digestOf(token);
      const owners = this.#owners.get(digest);
      owners?.delete(idInstance);
      if (owners?.size === 0) this.#owners.delete(digest);
    }
    this.#own.delete(idInstance);
  }

  /** The valid tokens of an instance. The first is the one to set at GREEN-API. */
  tokensOf(idInstance: string): readonly string[] {
    return this.#own.get(idInstance) ?? this.#common();
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
    const offered =
      header === undefined ? [] : candidatesIn(header).map((one) => this.#digestOf(one));
    const common = this.#common();
    const isCommon = common.some((token) => offered.includes(this.#digestOf(token)));
    const isOpen = this.insecure && common.length === 0;
    const isOwner = (idInstance: string) =>
      offered.some((digest) => this.#owners.get(digest)?.has(idInstance));
    if (!isCommon && !isOpen && !offered.some((digest) => this.#owners.has(digest)))
      return undefined;
    return {
      owner: offered.find((digest) => this.#owners.has(digest)) ?? '',
      isFor: (idInstance) => (this.#own.has(idInstance) ? isOwner(idInstance) : isCommon || isOpen),
    };
  }

  #digestOf(token: string): string {
    return hash('sha256', this.#key + token);
  }
}

function candidatesIn(header: string): string[] {
  const whole = header.trim();
  const rest = /^(?:Bearer|Basic) +(.+)$/i.exec(whole)?.[1];
  return rest === undefined ? [whole] : [whole, rest];
}
