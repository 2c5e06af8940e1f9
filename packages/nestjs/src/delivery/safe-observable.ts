import { Observable, type Observer, type Operator, Subscriber, type Subscription } from 'rxjs';

type Listener<T> = Partial<Observer<T>> | ((value: T) => void) | null | undefined;

/**
 * An observable whose subscribers cannot end the process. RxJS rethrows the error of a subscriber
 * as an uncaught exception, which ends the process. Here the error is reported, and the subscriber
 * gets the next values. Subscribers of piped observables are protected too.
 */
export class SafeObservable<T> extends Observable<T> {
  constructor(
    source: Observable<unknown> | undefined,
    private readonly report: (error: unknown) => void,
  ) {
    super();
    this.source = source;
  }

  override lift<R>(operator?: Operator<T, R>): Observable<R> {
    const lifted = new SafeObservable<R>(this, this.report);
    lifted.operator = operator;
    return lifted;
  }

  override subscribe(
    listener?: Listener<T>,
    error?: ((error: unknown) => void) | null,
    complete?: (() => void) | null,
  ): Subscription {
    // Listener is an operator or `firstValueFrom`, which handles errors itself.
    if (listener instanceof Subscriber) return super.subscribe(listener);
    const { next, ...others } =
      typeof listener === 'object' && listener !== null
        ? {
            next: listener.next?.bind(listener),
            error: listener.error?.bind(listener),
            complete: listener.complete?.bind(listener),
          }
        : {
            next: listener ?? undefined,
            error: error ?? undefined,
            complete: complete ?? undefined,
          };
    return super.subscribe({
      next: (value) => this.safely(() => next?.(value)),
      error: (reason) => this.safely(() => (others.error ?? this.report)(reason)),
      complete: () => this.safely(() => others.complete?.()),
    });
  }

  private safely(call: () => unknown): void {
    try {
      const result = call();
      if (result instanceof Promise) result.catch((error: unknown) => this.report(error));
    } catch (error) {
      this.report(error);
    }
  }
}
