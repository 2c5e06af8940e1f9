import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';

import { SafeLogger } from '../common/safe.logger.js';
import { readThrown } from '../common/thrown.js';
import type { DeadLetter } from '../delivery/dead-letter/dead-letter.js';
import { DeadLetterWriter } from '../delivery/dead-letter/dead-letter.writer.js';
import { type DecoratedMethod, DecoratedMethods } from './decorated-methods.js';
import { ON_DEAD_LETTER_METADATA } from './handler.constants.js';
import { DeadLetterListenerRefusedError } from './handler.errors.js';
import { LISTENERS_WITHOUT_STORE } from './handler.messages.js';

type Listener = DecoratedMethod<true>;
type Provider = Readonly<Record<string, (letter: DeadLetter) => unknown>>;

/** Calls the methods decorated with `@OnDeadLetter` for every dead letter. */
@Injectable()
export class DeadLetterListeners {
  private readonly logger = new SafeLogger('GreenNotifications');
  private readonly methods: DecoratedMethods<true>;

  constructor(
    discovery: DiscoveryService,
    scanner: MetadataScanner,
    private readonly writer: DeadLetterWriter,
  ) {
    this.methods = new DecoratedMethods(ON_DEAD_LETTER_METADATA, discovery, scanner);
  }

  /**
   * Finds the listeners. Called once, when all providers exist.
   *
   * @throws {DeadLetterListenerRefusedError} if a listener belongs to a class that cannot be called
   */
  map({ hasStore }: { readonly hasStore: boolean }): void {
    const [misplaced] = this.methods.onControllers();
    if (misplaced) throw new DeadLetterListenerRefusedError(misplaced.name, 'a controller');
    const listeners = this.methods.onProviders();
    for (const listener of listeners) refuseScoped(listener);
    if (listeners.length > 0 && !hasStore) {
      this.logger.warn(LISTENERS_WITHOUT_STORE(listeners.map(({ name }) => name)));
    }
    for (const listener of listeners) {
      this.writer.listen((letter) => void this.call(listener, letter));
    }
  }

  private async call({ wrapper, methodName, name }: Listener, letter: DeadLetter): Promise<void> {
    try {
      await (wrapper.instance as Provider)[methodName]!(letter);
    } catch (error) {
      this.logger.error(`${name} failed: ${readThrown(error).message}`);
    }
  }
}

/** A dead letter belongs to no request, so Nest cannot create a request-scoped instance for it. */
function refuseScoped({ wrapper, name }: Listener): void {
  if (wrapper.isTransient) throw new DeadLetterListenerRefusedError(name, 'a transient provider');
  // A useValue provider always has one instance, even if Nest treats it as request-scoped because
  // of an enhancer.
  const isValue = !wrapper.metatype;
  if (isValue || wrapper.isDependencyTreeStatic()) return;
  throw new DeadLetterListenerRefusedError(name, 'a request-scoped provider');
}
