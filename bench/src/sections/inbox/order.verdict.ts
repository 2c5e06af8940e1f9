import type { HandlerRun } from '../../inbox/handler.log.js';

/** What became of the messages, judged by what their handlers wrote down. */
export interface OrderVerdict {
  readonly lost: number;
  /** Runs that succeeded although the message had been handled. */
  readonly repeated: number;
  /** Messages whose handler began before an earlier message of their chat was done. */
  readonly outOfOrder: number;
  readonly chatsOutOfOrder: number;
}

/** @param runs of all processes, on one clock */
export function judgeOrder(runs: readonly HandlerRun[], messages: number): OrderVerdict {
  const succeeded = runs.filter(({ endedAtMs }) => endedAtMs !== undefined).length;
  const ofChats = [...grouped(runs, 'chat').values()].map(messagesOf);
  const handled = ofChats.flat().filter(({ doneAtMs }) => doneAtMs < Infinity).length;
  const late = ofChats.map(outOfOrder);
  return {
    lost: messages - handled,
    repeated: succeeded - handled,
    outOfOrder: late.reduce((sum, count) => sum + count, 0),
    chatsOutOfOrder: late.filter((count) => count > 0).length,
  };
}

interface HandledMessage {
  readonly number: number;
  readonly begunAtMs: number;
  /** When it first succeeded. */
  readonly doneAtMs: number;
}

/** The messages of one chat, in the order in which they were stored. */
function messagesOf(runs: readonly HandlerRun[]): readonly HandledMessage[] {
  return [...grouped(runs, 'number')]
    .map(([number, ofMessage]) => ({
      number,
      begunAtMs: Math.min(...ofMessage.map(({ startedAtMs }) => startedAtMs)),
      doneAtMs: Math.min(...ofMessage.map(({ endedAtMs = Infinity }) => endedAtMs)),
    }))
    .toSorted((one, other) => one.number - other.number);
}

function outOfOrder(messages: readonly HandledMessage[]): number {
  let allDoneAtMs = -Infinity;
  return messages.filter(({ begunAtMs, doneAtMs }) => {
    const isEarly = begunAtMs < allDoneAtMs;
    allDoneAtMs = Math.max(allDoneAtMs, doneAtMs);
    return isEarly;
  }).length;
}

function grouped(runs: readonly HandlerRun[], by: 'chat' | 'number') {
  const groups = new Map<number, HandlerRun[]>();
  for (const run of runs) {
    const group = groups.get(run[by]);
    if (group) group.push(run);
    else groups.set(run[by], [run]);
  }
  return groups;
}
