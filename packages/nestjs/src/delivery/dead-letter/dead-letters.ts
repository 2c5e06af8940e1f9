import { setTimeout as delay } from 'node:timers/promises';

import type { InstanceRegistry } from '../../instance/instance.registry.js';
import type { NotificationStream } from '../notification.stream.js';
import type { Outcome } from '../outcome.js';
import type { DeadLetter, UnhandledLetter } from './dead-letter.js';
import type { DeadLetterOffice } from './dead-letter.office.js';
import type { DeadLetterStore } from './dead-letter.store.js';
import { NoDeadLetterStoreError } from './no-dead-letter-store.error.js';
import { RedriveError } from './redrive.error.js';

/** What handlers gave up on, and the way back. */
export class DeadLetters {
  constructor(
    private readonly office: DeadLetterOffice,
    private readonly stream: NotificationStream,
    private readonly instances: InstanceRegistry,
  ) {}

  /** All letters, oldest first. */
  list(): Promise<readonly DeadLetter[]> {
    return this.store.list();
  }

  get(id: string): Promise<DeadLetter | undefined> {
    return this.store.get(id);
  }

  /** Forgets a letter for good; resolves to false if there is none. */
  discard(id: string): Promise<boolean> {
    return this.store.discard(id);
  }

  /**
   * Has the handler that gave up try again, as often as `retry.attempts` allows. If it succeeds the
   * letter is discarded; if it gives up again the letter stays, with the new error.
   *
   * @returns what became of it: `acknowledged` or `dead-lettered`
   * @throws {RedriveError} if there is no such letter, or nobody to give it to
   * @throws {NoDeadLetterStoreError}
   */
  async redrive(id: string): Promise<Outcome> {
    const letter = await this.redrivable(id);
    for (;;) {
      const outcome = await this.deliver(letter);
      if (outcome.result === 'acknowledged') await this.discard(id);
      if (outcome.result !== 'retry') return outcome;
      if (outcome.runs.length === 0 && !this.stream.isDispatched) {
        throw new RedriveError(id, 'notifications are not being handled; start first');
      }
      await delay(outcome.retryAfterMs, undefined, { ref: false });
    }
  }

  private get store(): DeadLetterStore {
    if (!this.office.store) throw new NoDeadLetterStoreError();
    return this.office.store;
  }

  private async redrivable(id: string): Promise<UnhandledLetter> {
    const letter = await this.store.get(id);
    if (!letter) throw new RedriveError(id, 'there is no such letter');
    if (letter.kind === 'unreadable') throw new RedriveError(id, 'it is no notification');
    return letter;
  }

  private deliver(letter: UnhandledLetter): Promise<Outcome> {
    const { id, idInstance, notification, transport, handler } = letter;
    const instance = this.instances.find(idInstance);
    if (!instance) throw new RedriveError(id, `instance ${idInstance} is not configured`);
    return this.stream.deliver({
      notification,
      instance,
      transport,
      receivedAt: new Date(),
      redriveOf: { letterId: id, handler },
    });
  }
}
