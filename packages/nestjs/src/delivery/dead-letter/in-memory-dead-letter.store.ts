import type { DeadLetter } from './dead-letter.js';
import type { DeadLetterStore } from './dead-letter.store.js';

/** Stores dead letters in memory, for tests: they are lost when the process ends. */
export class InMemoryDeadLetterStore implements DeadLetterStore {
  private readonly letters = new Map<string, DeadLetter>();

  async put(letters: readonly DeadLetter[]): Promise<void> {
    for (const letter of letters) this.letters.set(letter.id, letter);
  }

  async get(id: string): Promise<DeadLetter | undefined> {
    return this.letters.get(id);
  }

  async list(): Promise<readonly DeadLetter[]> {
    return [...this.letters.values()];
  }

  async *iterate(): AsyncIterable<DeadLetter> {
    yield* this.letters.values();
  }

  async discard(id: string): Promise<boolean> {
    return this.letters.delete(id);
  }
}
