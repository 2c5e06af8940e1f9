import { setTimeout as delay } from 'node:timers/promises';

import { sharedNowMs } from '../processes/shared-clock.js';
import type { ChatMessage } from './chat.message.js';

/** One run of the handler. */
export interface HandlerRun {
  readonly chat: number;
  readonly number: number;
  /** On the shared clock. */
  readonly startedAtMs: number;
  /** Missing if it failed, or is not over. */
  endedAtMs?: number;
}

export interface HandlerPlan {
  readonly handlerMs: number;
  /** The message of each chat whose handler fails once. */
  readonly failsOnce?: number | undefined;
}

/** The handler, and what it did. */
export class HandlerLog {
  readonly runs: HandlerRun[] = [];
  private readonly failed = new Set<number>();
  succeeded = 0;

  constructor(private readonly plan: HandlerPlan) {}

  async handle({ chat, number }: ChatMessage): Promise<void> {
    const { handlerMs, failsOnce } = this.plan;
    const run: HandlerRun = { chat, number, startedAtMs: sharedNowMs() };
    this.runs.push(run);
    if (handlerMs > 0) await delay(handlerMs);
    if (number === failsOnce && !this.failed.has(chat)) {
      this.failed.add(chat);
      throw new Error('fails once');
    }
    run.endedAtMs = sharedNowMs();
    this.succeeded += 1;
  }
}
