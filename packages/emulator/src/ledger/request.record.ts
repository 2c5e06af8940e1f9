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
