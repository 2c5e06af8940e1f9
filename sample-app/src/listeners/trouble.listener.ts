import { setTimeout as delay } from 'node:timers/promises';

import {
  Ctx,
  type IncomingMessage,
  NotificationContext,
  OnNotification,
} from '@green-notifications/nestjs';
import { Injectable, Logger } from '@nestjs/common';

import { Spells } from './spells.js';

/** A spell never holds the instance longer than this, whatever its number is. */
const MOST_FAILURES = 10;
const LONGEST_SLEEP_MS = 60_000;

/**
 * Shows what a failing or slow handler looks like. Send it "fail 2" or "sleep 5000" from a chat that
 * is in `SAMPLE_SPELLS`. It fails 10 times at most, and sleeps a minute at most.
 */
@Injectable()
export class TroubleListener {
  private readonly logger = new Logger(TroubleListener.name);

  constructor(private readonly spells: Spells) {}

  @OnNotification('incomingMessageReceived', { text: /^fail \d+$/i })
  onFail(message: IncomingMessage, @Ctx() { attempt }: NotificationContext): void {
    const failures = this.spells.numberIn(message, MOST_FAILURES);
    if (failures === undefined || attempt > failures) return;
    throw new Error(`failed on purpose (attempt ${attempt}; the first ${failures} fail)`);
  }

  @OnNotification('incomingMessageReceived', { text: /^sleep \d+$/i })
  async onSleep(message: IncomingMessage, @Ctx() { signal }: NotificationContext): Promise<void> {
    const sleepMs = this.spells.numberIn(message, LONGEST_SLEEP_MS);
    if (sleepMs === undefined) return;
    this.logger.log(`Sleeping ${sleepMs} ms`);
    await delay(sleepMs, undefined, { signal });
  }
}
