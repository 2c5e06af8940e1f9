import { setTimeout as delay } from 'node:timers/promises';

import { NoAnswerError } from '../inbox.errors.js';

/**
 * How long one statement may take, and a connection to begin.
 *
 * A network that drops everything says nothing, and TCP notices it after a quarter of an hour. Ours
 * take milliseconds, and a few seconds on a server that saves to a slow disk or just takes over from
 * another one. What takes longer than this helps nobody: leases have run out long ago.
 */
export const LONGEST_ANSWER_MS = 20_000;

/** How long closing may take: handlers keep their transactions, and the server may not answer. */
export const LONGEST_END_MS = 2000;

/** A time limit that is over once it has run out while it was on, or somebody has given up. */
export class TimeLimit {
  private timer: NodeJS.Timeout | undefined;
  private reject!: (error: unknown) => void;
  private isOver = false;
  /** Rejects when it is over, and never resolves. */
  readonly over = new Promise<never>((_resolve, reject) => {
    this.reject = reject;
  });

  constructor(private readonly limitMs: number) {
    this.over.catch(() => undefined);
  }

  /** Counts from now on. `Infinity` is no limit. */
  start(): void {
    if (this.limitMs === Infinity) return;
    this.timer = setTimeout(() => this.giveUp(new NoAnswerError(this.limitMs)), this.limitMs);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  giveUp(error: unknown): void {
    this.isOver = true;
    this.reject(error);
  }

  /** Rejects if it is over. */
  async check(): Promise<void> {
    if (this.isOver) await this.over;
  }
}

/** @throws {NoAnswerError} if `answer` takes longer */
export async function within<T>(limitMs: number, answer: Promise<T>): Promise<T> {
  const limit = new TimeLimit(limitMs);
  limit.start();
  try {
    return await Promise.race([answer, limit.over]);
  } finally {
    limit.stop();
  }
}

/** Waits until all have ended, but no longer than this. */
export async function atMost(
  durationMs: number,
  ...ends: readonly Promise<unknown>[]
): Promise<void> {
  await Promise.race([Promise.all(ends), delay(durationMs, undefined, { ref: false })]);
}
