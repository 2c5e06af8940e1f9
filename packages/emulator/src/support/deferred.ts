/** A promise with its resolver beside it (`Promise.withResolvers` is not in Node 20). */
export class Deferred<T> {
  readonly promise: Promise<T>;
  private settle!: (value: T) => void;

  constructor() {
    this.promise = new Promise<T>((resolve) => {
      this.settle = resolve;
    });
  }

  resolve(value: T): void {
    this.settle(value);
  }
}
