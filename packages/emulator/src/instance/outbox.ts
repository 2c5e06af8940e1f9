import { type Clock, sleep } from '../clock/clock.js';
import type { NotificationBuilder } from '../notification/notification.builder.js';
import type {
  NotificationObject,
  RecordedCall,
  SentMessage,
  TypeInstance,
} from '../notification/notification.types.js';
import type { InstanceSettings } from './instance.settings.js';

/** The parts of an instance that its outbox uses. */
interface SendingInstance {
  readonly typeInstance: TypeInstance;
  readonly settings: Readonly<InstanceSettings>;
  readonly build: NotificationBuilder;
  publish(notification: NotificationObject): unknown;
}

/** Records calls and sent messages, and publishes their notifications if the settings switch them on. */
export class Outbox {
  readonly calls: RecordedCall[] = [];
  readonly messages: SentMessage[] = [];
  private readonly closing = new AbortController();

  constructor(
    private readonly instance: SendingInstance,
    private readonly clock: Clock,
    private readonly statusDelayMs: number,
  ) {}

  record(method: string, body: RecordedCall['body'], idMessage?: string): void {
    const sent = idMessage === undefined ? {} : { idMessage };
    this.calls.push({ method, body, ...sent, atMs: this.clock.now() });
  }

  /** Sends anything but a text: only its statuses are published. Returns its id. */
  sendOther(method: string, body: RecordedCall['body']): string {
    const idMessage = this.instance.build.newIdMessage();
    this.record(method, body, idMessage);
    const { chatId } = body;
    if (typeof chatId === 'string') void this.publishStatuses({ chatId, idMessage });
    return idMessage;
  }

  send(
    message: Pick<SentMessage, 'chatId' | 'message' | 'quotedMessageId'>,
    body: RecordedCall['body'],
  ): SentMessage {
    const { build } = this.instance;
    const sent: SentMessage = {
      ...message,
      idMessage: build.newIdMessage(),
      atMs: this.clock.now(),
    };
    this.messages.push(sent);
    this.record('sendMessage', body, sent.idMessage);
    if (this.instance.settings.outgoingAPIMessageWebhook === 'yes') {
      this.instance.publish(build.sentMessage(sent));
    }
    void this.publishStatuses(sent);
    return sent;
  }

  close(): void {
    this.closing.abort();
  }

  private async publishStatuses({
    chatId,
    idMessage,
  }: Pick<SentMessage, 'chatId' | 'idMessage'>): Promise<void> {
    const { signal } = this.closing;
    for (const status of this.statuses()) {
      if (this.statusDelayMs > 0) await sleep(this.clock, this.statusDelayMs, signal);
      if (signal.aborted) return;
      if (this.instance.settings.outgoingWebhook !== 'yes') continue;
      const { build } = this.instance;
      this.instance.publish(build.outgoingMessageStatus(status, { chatId, idMessage }));
    }
  }

  /** The status `sent` is documented for WhatsApp only. */
  private statuses(): ('sent' | 'delivered' | 'read')[] {
    const seen = ['delivered', 'read'] as const;
    return this.instance.typeInstance === 'whatsapp' ? ['sent', ...seen] : [...seen];
  }
}
