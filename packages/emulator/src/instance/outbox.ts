import type { Clock } from '../clock/clock.js';
import { sleep } from '../clock/sleep.js';
import type { EmulatedInstance } from './emulated.instance.js';
import type { SentMessage } from './sent.message.js';

/** What was sent, and the notifications that the settings ask for about it. */
export class Outbox {
  readonly messages: SentMessage[] = [];
  private readonly closing = new AbortController();

  constructor(
    private readonly instance: EmulatedInstance,
    private readonly clock: Clock,
    private readonly statusDelayMs: number,
  ) {}

  send(message: Pick<SentMessage, 'chatId' | 'message' | 'quotedMessageId'>): SentMessage {
    const { build } = this.instance;
    const sent: SentMessage = {
      ...message,
      idMessage: build.newIdMessage(),
      atMs: this.clock.now(),
    };
    this.messages.push(sent);
    if (this.instance.settings.outgoingAPIMessageWebhook === 'yes') {
      this.instance.publish(build.sentMessage(sent));
    }
    void this.publishStatuses(sent);
    return sent;
  }

  close(): void {
    this.closing.abort();
  }

  private async publishStatuses({ chatId, idMessage }: SentMessage): Promise<void> {
    const { signal } = this.closing;
    for (const status of this.statuses()) {
      if (this.statusDelayMs > 0) await sleep(this.clock, this.statusDelayMs, signal);
      if (signal.aborted) return;
      if (this.instance.settings.outgoingWebhook !== 'yes') continue;
      const { build } = this.instance;
      this.instance.publish(build.outgoingMessageStatus(status, { chatId, idMessage }));
    }
  }

  /** `sent` is listed for WhatsApp only. */
  private statuses(): ('sent' | 'delivered' | 'read')[] {
    const seen = ['delivered', 'read'] as const;
    return this.instance.typeInstance === 'whatsapp' ? ['sent', ...seen] : [...seen];
  }
}
