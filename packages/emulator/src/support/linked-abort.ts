/**
 * A signal that follows several others until it is released. `AbortSignal.any` would do, but on Node 20 a
 * long-lived source keeps something of every signal that was ever derived from it.
 */
export class LinkedAbort {
  private readonly controller = new AbortController();
  private readonly sources: readonly AbortSignal[];

  constructor(...sources: readonly AbortSignal[]) {
    this.sources = sources;
    for (const source of sources) {
      if (source.aborted) this.abort();
      source.addEventListener('abort', this.abort);
    }
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  readonly abort = (): void => this.controller.abort();

  /** Aborts it and lets go of the sources. */
  release(): void {
    this.abort();
    for (const source of this.sources) source.removeEventListener('abort', this.abort);
  }
}
