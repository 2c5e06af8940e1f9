import { setTimeout as delay } from 'node:timers/promises';

import type { EmulatedInstance } from '@green-notifications/emulator';
import { type GreenNotifications, idMessageOf } from '@green-notifications/nestjs';
import { filter, firstValueFrom } from 'rxjs';

import { seconds } from './demo.parallelism.js';

const CHATS = 10;
const SLEEP_MS = 500;
const EVERY_MS = 2000;

/** Many chats that write at the same moment, each a message that takes half a second. */
export class DemoRush {
  constructor(
    private readonly greenNotifications: GreenNotifications,
    private readonly instance: EmulatedInstance,
    private readonly report: (line: string) => void,
  ) {}

  async repeat(over: AbortSignal): Promise<void> {
    for (;;) {
      await delay(EVERY_MS, undefined, { signal: over }).catch(() => undefined);
      if (over.aborted) return;
      await this.once();
    }
  }

  private async once(): Promise<void> {
    const startedAtMs = performance.now();
    const open = new Set(Array.from({ length: CHATS }, (_, chat) => this.write(chat)));
    await firstValueFrom(
      this.greenNotifications.outcomes$.pipe(
        filter(({ delivery: { notification }, outcome }) => {
          if (outcome.result !== 'retry') open.delete(idMessageOf(notification));
          return open.size === 0;
        }),
      ),
    );
    this.report(
      `\n${CHATS} chats wrote "sleep ${SLEEP_MS}" at once: all were handled within ` +
        `${seconds(performance.now() - startedAtMs)}; one after the other they take ` +
        `${seconds(CHATS * SLEEP_MS)}\n`,
    );
  }

  /** Returns the `idMessage` of what the chat writes. */
  private write(chat: number): unknown {
    const notification = this.instance.build.incomingText(`sleep ${SLEEP_MS}`, {
      chatId: `7900222000${chat}@c.us`,
      senderName: `Guest ${chat + 1}`,
    });
    this.instance.publish(notification);
    return notification['idMessage'];
  }
}
