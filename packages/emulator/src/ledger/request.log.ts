import { ChangeSignal } from '../support/change-signal.js';

/** One HTTP request that the emulator did not refuse, without its token. */
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

const ANY = '*';

/**
 * Records the requests that arrived, oldest first. It also counts them, so that a test that waits
 * for a request does not slow down the next ones.
 */
export class RequestLog {
  private readonly all: RequestRecord[] = [];
  /** How many requests there were, by method and status; both may be `*`. */
  private readonly counts = new Map<string, number>();

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
    const { method = ANY, count = 1 } = query;
    const key = keyOf(method, query.status ?? ANY);
    await this.changed.until(() => (this.counts.get(key) ?? 0) >= count);
    return this.of(query);
  }

  /** @internal */
  add(record: RequestRecord): void {
    this.all.push(record);
    this.count(record.method, ANY);
    this.changed.notify();
  }

  /** @internal */
  answered({ method, status }: RequestRecord): void {
    if (status !== undefined) this.count(method, status);
    this.changed.notify();
  }

  private count(method: string, status: number | typeof ANY): void {
    for (const key of new Set([keyOf(method, status), keyOf(ANY, status)])) {
      this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    }
  }
}

function keyOf(method: string, status: number | typeof ANY): string {
  return `${status} ${method}`;
}
