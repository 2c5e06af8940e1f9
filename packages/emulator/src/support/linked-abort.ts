/**
 * A signal that is aborted when one of several sources is. `AbortSignal.any` is not used: on Node
 * 20, a long-lived source would keep memory for each signal that was ever derived from it.
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

  /** Aborts the signal and removes the listeners from the sources. */
  release(): void {
    this.abort();
    for (const source of this.sources) source.removeEventListener('abort', this.abort);
  }
}
