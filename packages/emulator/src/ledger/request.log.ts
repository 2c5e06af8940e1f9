import { ChangeSignal } from '../support/change-signal.js';

/** One HTTP request to the emulator, without its token. */
export interface RequestRecord {
  readonly verb: string;
  /** GREEN-API's method name, e.g. `receiveNotification`; empty if the URL is none of its. */
  readonly method: string;
  readonly idInstance: string;
  /** What follows the token in the path, e.g. the receiptId. */
  readonly parameter?: string;
  readonly atMs: number;
  /** The status answered; absent while under way, and if no answer was ever sent. */
  status?: number;
  /** When the answer was sent. */
  answeredAtMs?: number;
  /** Name of the fault that was played on it. */
  fault?: string;
}

export interface RequestQuery {
  /** GREEN-API's method name; left out, any. */
  method?: string;
  /** The status it was answered with; left out, requests that are still under way count too. */
  status?: number;
  /** How many there must be, counted from the start of the emulator. @default 1 */
  count?: number;
}

/** The requests that arrived, oldest first. */
export class RequestLog {
  private readonly all: RequestRecord[] = [];

  constructor(private readonly changed = new ChangeSignal()) {}

  get records(): readonly RequestRecord[] {
    return this.all;
  }

  of(query: Omit<RequestQuery, 'count'>): RequestRecord[] {
    return this.all.filter(
      (record) =>
        (query.method === undefined || record.method === query.method) &&
        (query.status === undefined || record.status === query.status),
    );
  }

  /** Resolves once that many such requests have come in since the start. */
  async waitFor(query: RequestQuery): Promise<RequestRecord[]> {
    await this.changed.until(() => this.of(query).length >= (query.count ?? 1));
    return this.of(query);
  }

  /** @internal */
  add(record: RequestRecord): void {
    this.all.push(record);
    this.changed.notify();
  }

  /** @internal */
  updated(): void {
    this.changed.notify();
  }
}
