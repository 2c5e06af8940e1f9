import { createHash, timingSafeEqual } from 'node:crypto';

import type { WebhookCredential } from './webhook.credential.js';

export interface WebhookTokens {
  /** For every instance without tokens of its own. */
  readonly common: readonly string[];
  /** By `idInstance`; they stand in place of the common ones. */
  readonly own: ReadonlyMap<string, readonly string[]>;
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
  private readonly common: readonly Digest[];
  private readonly own: ReadonlyMap<string, readonly Digest[]>;
  private readonly isOpen: boolean;

  constructor({ common, own, insecure }: WebhookTokens) {
    this.common = common.map(digestOf);
    this.own = new Map([...own].map(([id, tokens]) => [id, tokens.map(digestOf)]));
    this.isOpen = insecure && common.length === 0;
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
    const isCommon = includesAny(this.common, offered);
    const owners = [...this.own].filter(([, tokens]) => includesAny(tokens, offered));
    const owning = new Set(owners.map(([idInstance]) => idInstance));
    if (!isCommon && !this.isOpen && owning.size === 0) return undefined;
    return {
      isFor: (idInstance) =>
        this.own.has(idInstance) ? owning.has(idInstance) : isCommon || this.isOpen,
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
