interface Waiter {
  readonly condition: () => boolean;
  readonly resolve: () => void;
}

/** Lets callers wait for a condition. The condition is checked again after every change. */
export class ChangeSignal {
  private readonly waiters = new Set<Waiter>();

  notify(): void {
    for (const waiter of this.waiters) {
      if (!waiter.condition()) continue;
      this.waiters.delete(waiter);
      waiter.resolve();
    }
  }

  /** Resolves when the condition is true, or when the signal is aborted. */
  until(condition: () => boolean, signal?: AbortSignal): Promise<void> {
    if (condition() || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const waiter: Waiter = { condition, resolve: () => finish() };
      const finish = (): void => {
        this.waiters.delete(waiter);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      this.waiters.add(waiter);
      signal?.addEventListener('abort', finish, { once: true });
    });
  }
}
