import { laneOf } from '../../notification/lane-of.js';
import type { DeliveryLog } from '../delivery.log.js';
import type { DeadLetter, UnhandledLetter } from './dead-letter.js';
import { RedriveError } from './dead-letter.errors.js';
import type { FailedRedrive, RedriveReport } from './redrive-report.js';

const PROGRESS_EVERY_MS = 10_000;

/** What the bulk redrive needs of `DeadLetters`. */
export interface RedriveHost {
  readonly log: DeliveryLog;
  /**
   * Resolves to the error of the handler if it gave up again. Rejects with `RedriveError` if it did
   * not run to its end, and with another error if the store fails.
   */
  redrive(id: string): Promise<string | undefined>;
  /** Whether no other letter may begin. */
  isHalted(): boolean;
}

/**
 * Redrives many letters: those of a chat one after the other, oldest first, and several chats at the
 * same time.
 *
 * It first goes through all letters, and keeps only their ids, by chat. So their bodies do not have
 * to fit into memory, and letters that are written meanwhile wait for the next redrive.
 *
 * If a letter fails again, the later ones of its chat are skipped, because they may not overtake it.
 */
export class BulkRedrive {
  private readonly chats = new Map<string, string[]>();
  private readonly failed: FailedRedrive[] = [];
  private total = 0;
  private handled = 0;
  private skipped = 0;
  private gone = 0;
  private storeFailure: { readonly error: unknown } | undefined;

  constructor(private readonly host: RedriveHost) {}

  async plan(
    letters: AsyncIterable<DeadLetter>,
    where: (letter: UnhandledLetter) => boolean,
  ): Promise<void> {
    for await (const letter of letters) {
      if (letter.kind === 'unreadable' || !where(letter)) continue;
      const { id, idInstance, notification } = letter;
      const chat = laneOf(notification, idInstance);
      const ids = this.chats.get(chat);
      if (ids) ids.push(id);
      else this.chats.set(chat, [id]);
      this.total += 1;
    }
  }

  /** Rejects with the error of the store if it fails. */
  async run(concurrency: number): Promise<RedriveReport> {
    const { log } = this.host;
    const progress = setInterval(() => log.redriving(this.report), PROGRESS_EVERY_MS);
    try {
      // Each worker takes the next chat as soon as it is done with one.
      const chats = this.chats.values();
      const workers = Array.from({ length: Math.min(concurrency, this.chats.size) });
      await Promise.all(workers.map(() => this.work(chats)));
    } finally {
      clearInterval(progress);
    }
    if (this.total > 0) log.redriven(this.report);
    if (this.storeFailure) throw this.storeFailure.error;
    return this.report;
  }

  private get report(): RedriveReport {
    const { total, handled, failed, skipped, gone } = this;
    const left = total - handled - failed.length - skipped - gone;
    return { total, handled, failed: [...failed], skipped, gone, left };
  }

  private get isHalted(): boolean {
    return this.storeFailure !== undefined || this.host.isHalted();
  }

  private async work(chats: Iterable<readonly string[]>): Promise<void> {
    for (const ids of chats) await this.redriveChat(ids);
  }

  private async redriveChat(ids: readonly string[]): Promise<void> {
    for (const [index, id] of ids.entries()) {
      if (this.isHalted) return;
      const reason = await this.reasonOfFailure(id);
      if (reason === undefined) continue;
      this.failed.push({ letterId: id, reason });
      this.skipped += ids.length - index - 1;
      return;
    }
  }

  /** Redrives a letter. Undefined if it has not failed. */
  private async reasonOfFailure(id: string): Promise<string | undefined> {
    try {
      const reason = await this.host.redrive(id);
      if (reason === undefined) this.handled += 1;
      return reason;
    } catch (error) {
      if (!(error instanceof RedriveError)) this.storeFailure ??= { error };
      else if (error.isGone) this.gone += 1;
      else if (!this.isHalted) return error.message;
      return undefined;
    }
  }
}
