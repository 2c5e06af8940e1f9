import { ChangeSignal } from '../support/change-signal.js';

/** One HTTP request to the emulator, without its token. */
export interface RequestRecord {
  readonly verb: string;
  /**
   * The GREEN-API method in the URL, e.g. `receiveNotification`; empty if it is not a GREEN-API
   * URL.
   */
  readonly method: string;
  readonly idInstance: string;
  /** The part of the path after the token, e.g. the `receiptId`. */
  readonly parameter?: string;
  readonly atMs: number;
  /** The status of the answer; absent while there is none. */
  status?: number;
  /** When the answer was sent. */
  answeredAtMs?: number;
  /** The name of the fault that was played on it, if any. */
  fault?: string;
}

export interface RequestQuery {
  /** The GREEN-API method. @default any */
  method?: string;
  /** The status of the answer. @default any, and requests without an answer count too */
  status?: number;
  /** How many matching requests to wait for, counted from the start of the emulator. @default 1 */
  count?: number;
}

/** Records the requests that arrived, oldest first. */
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

  /** Resolves when the number of matching requests since the start is reached. */
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
