import { setTimeout as delay } from 'node:timers/promises';

import { Ctx, NotificationContext, OnNotification, Text } from '@green-notifications/nestjs';
import { Injectable, Logger } from '@nestjs/common';

/** Shows what a failing or slow handler looks like. Send it "fail 2" or "sleep 5000". */
@Injectable()
export class TroubleListener {
  private readonly logger = new Logger(TroubleListener.name);

  @OnNotification('incomingMessageReceived', { text: /^fail \d+$/i })
  onFail(@Text() text: string, @Ctx() { attempt }: NotificationContext): void {
    if (attempt <= numberIn(text))
      throw new Error(`failed on purpose ("${text}", attempt ${attempt})`);
  }

  @OnNotification('incomingMessageReceived', { text: /^sleep \d+$/i })
  async onSleep(@Text() text: string, @Ctx() { signal }: NotificationContext): Promise<void> {
    this.logger.log(`Sleeping ${numberIn(text)} ms`);
    await delay(numberIn(text), undefined, { signal });
  }
}

function numberIn(text: string): number {
  return Number(text.split(' ')[1]);
}
