/** A queue of asynchronous tasks. Runs one at a time, in the order of the calls. */
export class Turns {
  private last: Promise<unknown> | undefined;

  /**
   * Starts `work` at once if no other task is running. Resolves or rejects as `work` does. If it
   * rejects, the next task runs all the same.
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
