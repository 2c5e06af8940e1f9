/** Runs one piece of work after the other, in the order in which they were handed in. */
export class Turns {
  private last: Promise<unknown> | undefined;

  /**
   * Begins at once if nothing else is under way. Resolves or rejects as `work` does; what it rejects
   * with does not reach the next one.
   */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last ? this.last.then(work) : work();
    const ended = turn
      .catch(() => undefined)
      .finally(() => {
        if (this.last === ended) this.last = undefined;
      });
    this.last = ended;
    return turn;
  }
}
