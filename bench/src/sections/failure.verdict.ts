import type { HandlerRecord } from '../contestants/failing.handler.js';
import type { LedgerEntry } from '../gateway/instance.queue.js';

export interface FailureFigures {
  readonly issued: number;
  /** A handler succeeded. */
  readonly handled: number;
  /** Deleted, although no handler succeeded, and stored nowhere. */
  readonly lost: number;
  /** A handler succeeded more than once. */
  readonly repeated: number;
  /** Still in the queue at the end: what keeps failing, and what waits behind it. */
  readonly blocked: number;
  /** Given up, and stored before it was deleted. */
  readonly deadLetters: number;
}

/**
 * Judges by the ledger of the gateway, by what the handler wrote down, and by the file of dead
 * letters. Nothing of it is what a library says of itself.
 */
export function judge(
  ledger: readonly LedgerEntry[],
  records: readonly HandlerRecord[],
  deadLetters: string,
): FailureFigures {
  const successes = new Map(records.map((record) => [record.sequence, record.successes]));
  const isHandled = ({ sequence }: LedgerEntry) => (successes.get(sequence) ?? 0) > 0;
  const isStored = ({ sequence }: LedgerEntry) =>
    new RegExp(`"idMessage":"\\d+-${sequence}"`).test(deadLetters);
  const how = (is: (entry: LedgerEntry) => boolean) => ledger.filter(is).length;
  return {
    issued: ledger.length,
    handled: how(isHandled),
    lost: how((entry) => entry.isDeleted && !isHandled(entry) && !isStored(entry)),
    repeated: records.filter((record) => record.successes > 1).length,
    blocked: how(({ isDeleted }) => !isDeleted),
    deadLetters: how((entry) => !isHandled(entry) && isStored(entry)),
  };
}
