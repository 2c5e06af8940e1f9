import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';

import { SteadyLogger } from '../common/steady.logger.js';
import { readThrown } from '../common/thrown.js';
import type { DeadLetter } from '../delivery/dead-letter/dead-letter.js';
import { DeadLetterWriter } from '../delivery/dead-letter/dead-letter.writer.js';
import { ON_DEAD_LETTER_METADATA } from './handler.constants.js';

type Provider = Readonly<Record<string, unknown>>;

/** Tells the methods decorated with `@OnDeadLetter` of every dead letter. */
@Injectable()
export class DeadLetterListeners {
  private readonly logger = new SteadyLogger('GreenNotifications');

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly writer: DeadLetterWriter,
  ) {}

  /** Called once, when all providers are there. */
  map(): void {
    const seen = new Set<Provider>();
    for (const wrapper of this.discovery.getProviders()) {
      const provider = wrapper.instance as Provider | undefined;
      if (wrapper.isAlias || !wrapper.isDependencyTreeStatic() || !provider) continue;
      if (typeof provider !== 'object' || seen.has(provider)) continue;
      seen.add(provider);
      for (const name of this.scanner.getAllMethodNames(Object.getPrototypeOf(provider))) {
        const method = provider[name];
        if (typeof method !== 'function') continue;
        if (!Reflect.hasMetadata(ON_DEAD_LETTER_METADATA, method)) continue;
        this.writer.listen((letter) => void this.tell(provider, name, letter));
      }
    }
  }

  private async tell(provider: Provider, name: string, letter: DeadLetter): Promise<void> {
    try {
      await (provider[name] as (letter: DeadLetter) => unknown).call(provider, letter);
    } catch (error) {
      this.logger.error(
        `${provider.constructor.name}.${name} failed: ${readThrown(error).message}`,
      );
    }
  }
}
