import type { DeadLetter, DeadLetterStore } from '@green-notifications/nestjs';

import type { WitnessedLetter } from './evidence.js';
import { witnessedLetter } from './witnessed.letters.js';

/** A place for dead letters that the test wrote itself, so that the oracle can believe what is in it. */
export class WitnessingLetterStore implements DeadLetterStore {
  /** Every letter that came, as often as it came: equal bodies may share a letter, but each has to come. */
  readonly witnessed: WitnessedLetter[] = [];
  private readonly letters = new Map<string, DeadLetter>();

  async put(letters: readonly DeadLetter[]): Promise<void> {
    for (const letter of letters) {
      this.letters.set(letter.id, letter);
      this.witnessed.push(witnessedLetter(letter));
    }
  }

  async get(id: string): Promise<DeadLetter | undefined> {
    return this.letters.get(id);
  }

  async list(): Promise<readonly DeadLetter[]> {
    return [...this.letters.values()];
  }

  async discard(id: string): Promise<boolean> {
    return this.letters.delete(id);
  }
}
