const EVENTS = ['unhandledRejection', 'uncaughtException', 'warning'] as const;

/** Collects what nobody else took care of, Node's warnings included. */
export class UnhandledErrors {
  private readonly errors: string[] = [];
  private readonly listener = (error: unknown) => this.errors.push(String(error));

  constructor() {
    for (const event of EVENTS) process.on(event, this.listener);
  }

  /** Stops collecting; gives what there was. */
  close(): readonly string[] {
    for (const event of EVENTS) process.off(event, this.listener);
    return this.errors;
  }
}
