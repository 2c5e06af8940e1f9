import type { DeadLetter, DeadLetterStore } from '@green-notifications/nestjs';

/** A store of the application's own, which writes down how it is used and fails as it is told. */
export class OwnStore implements DeadLetterStore {
  readonly puts: string[][] = [];
  readonly kept = new Map<string, DeadLetter>();
  lists = 0;
  checks = 0;

  constructor(private readonly failsAt: (handlers: readonly string[], put: number) => boolean) {}

  async put(letters: readonly DeadLetter[]): Promise<void> {
    // One letter or several: how they come is what is looked at.
    const all = [letters].flat();
    const handlers = all.map((letter) => (letter.kind === 'unhandled' ? letter.handler : ''));
    this.puts.push(handlers.toSorted());
    if (this.failsAt(handlers, this.puts.length)) throw new Error('disk full');
    for (const letter of all) this.kept.set(letter.id, letter);
  }

  async get(id: string): Promise<DeadLetter | undefined> {
    return this.kept.get(id);
  }

  async list(): Promise<readonly DeadLetter[]> {
    this.lists += 1;
    return [...this.kept.values()];
  }

  async discard(id: string): Promise<boolean> {
    return this.kept.delete(id);
  }

  async check(): Promise<void> {
    this.checks += 1;
  }
}
