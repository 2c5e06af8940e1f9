import { Ledger } from '../ledger/ledger.js';
import { PublishedEntry } from '../ledger/published.entry.js';
import { RequestLog, type RequestQuery, type RequestRecord } from '../ledger/request.log.js';
import { NotificationBuilder } from '../notification/notification.builder.js';
import type {
  NotificationObject,
  SentMessage,
  StateInstance,
  TypeInstance,
} from '../notification/notification.types.js';
import type { InstanceOptions } from '../options/emulator.options.js';
import type { ResolvedOptions } from '../options/resolved.options.js';
import { NotificationQueue } from '../queue/notification.queue.js';
import { PullChannel } from '../queue/pull.channel.js';
import { ChangeSignal } from '../support/change-signal.js';
import type { InstanceSettings } from './instance.settings.js';
import { Outbox } from './outbox.js';
import type { OpenPushChannel, PushChannel } from './push.channel.js';
import { QueueReport } from './queue-report.js';
import { SettingsStore } from './settings.store.js';

/** One GREEN-API account: its queue, settings and record of all that happened. */
export class EmulatedInstance {
  readonly idInstance: string;
  /** The messenger; `v3` is MAX. */
  readonly typeInstance: TypeInstance;
  /** The account's own id in the messenger. */
  readonly wid: string;
  /** What was published and what became of it. */
  readonly ledger = new Ledger();
  /** The HTTP requests that named this instance. */
  readonly requests: RequestLog;
  /** Makes notifications of every kind that bear this instance's data. */
  readonly build: NotificationBuilder;
  /** @internal */
  readonly pull: PullChannel;
  /** @internal */
  readonly report: QueueReport;

  private readonly changed = new ChangeSignal();
  private readonly queue: NotificationQueue;
  private readonly push: PushChannel;
  private readonly store: SettingsStore;
  private readonly outbox: Outbox;
  private token: string | undefined;
  private state: StateInstance = 'authorized';
  private stateBeforeStart: StateInstance = 'authorized';

  /** @internal */
  constructor(
    instance: InstanceOptions,
    private readonly options: ResolvedOptions,
    openPush: OpenPushChannel<EmulatedInstance>,
  ) {
    const { clock } = options;
    this.idInstance = String(instance.idInstance);
    this.token = instance.apiTokenInstance;
    this.typeInstance = instance.typeInstance ?? 'whatsapp';
    this.wid = instance.wid ?? defaultWid(this.idInstance, this.typeInstance);
    this.build = new NotificationBuilder(this, clock);
    this.store = new SettingsStore(clock, options.settingsDelayMs, instance.settings);
    this.requests = new RequestLog(this.changed);
    this.queue = new NotificationQueue(clock, options.retentionMs, this.changed);
    this.pull = new PullChannel(this.queue, clock, options, () => this.settings.webhookUrl === '');
    this.report = new QueueReport(this.queue, clock, options.countRefreshMs);
    this.outbox = new Outbox(this, clock, options.messageStatusDelayMs);
    this.push = openPush(this, this.queue);
  }

  /** Its token; undefined until the first request if none was given. */
  get apiTokenInstance(): string | undefined {
    return this.token;
  }

  /** Settings in force. */
  get settings(): Readonly<InstanceSettings> {
    return this.store.current;
  }

  get stateInstance(): StateInstance {
    return this.state;
  }

  /** Notifications queued now. */
  get queueLength(): number {
    return this.queue.length;
  }

  /** `receiveNotification` calls that wait for something to arrive. */
  get parkedPolls(): number {
    return this.pull.parkedPolls;
  }

  /** Messages that callers sent, oldest first. */
  get sentMessages(): readonly SentMessage[] {
    return this.outbox.messages;
  }

  /**
   * Queues a notification, whatever the switches in the settings say. A string goes out as it is, so it
   * may be broken JSON or hold numbers that JavaScript cannot.
   */
  publish(notification: NotificationObject | string): PublishedEntry {
    const raw = typeof notification === 'string' ? notification : JSON.stringify(notification);
    const entry = this.newEntry(raw);
    this.queue.enqueue(entry);
    return entry;
  }

  /** Queues the same body once more, right behind the head, as if GREEN-API delivered it twice. */
  duplicate(original: PublishedEntry): PublishedEntry {
    const copy = this.newEntry(original.raw, original);
    this.queue.enqueueBehindHead(copy);
    return copy;
  }

  /** Drops the head, as if its 24 hours were over; undefined if nothing is queued. */
  expireHead(): PublishedEntry | undefined {
    const { head } = this.queue;
    if (head) this.queue.remove(head, 'expired');
    return head;
  }

  /** Changes settings at once, as the console would. */
  applySettings(patch: Partial<InstanceSettings>): void {
    this.store.apply(patch);
    this.changed.notify();
  }

  /** Changes the state; publishes `stateInstanceChanged` if `stateWebhook` is on. */
  setState(state: StateInstance): void {
    if (this.state === state) return;
    this.state = state;
    this.changed.notify();
    if (this.settings.stateWebhook === 'yes') this.publish(this.build.stateInstanceChanged(state));
  }

  /** Resolves when the queue is empty. */
  drained(): Promise<void> {
    return this.until(() => this.queue.length === 0);
  }

  /** Resolves when that many `receiveNotification` calls wait at once. */
  waitForParkedPolls(count = 1): Promise<void> {
    return this.until(() => this.parkedPolls >= count);
  }

  /** Resolves when that many such requests have come since the start. */
  waitForRequest(query: RequestQuery): Promise<RequestRecord[]> {
    return this.requests.waitFor(query);
  }

  /** Resolves when the condition holds; it is looked at after everything that happens to the instance. */
  until(condition: () => boolean): Promise<void> {
    return this.changed.until(condition);
  }

  /** @internal */
  accepts(token: string): boolean {
    this.token ??= token;
    return this.token === token;
  }

  /** @internal */
  saveSettings(patch: Partial<InstanceSettings>): void {
    if (!this.store.appliesLater) return this.applySettings(patch);
    if (this.state !== 'starting') this.stateBeforeStart = this.state;
    this.setState('starting');
    return this.store.applyLater(patch, () => {
      this.setState(this.stateBeforeStart);
      this.changed.notify();
    });
  }

  /** @internal */
  send(message: Pick<SentMessage, 'chatId' | 'message' | 'quotedMessageId'>): SentMessage {
    const sent = this.outbox.send(message);
    this.changed.notify();
    return sent;
  }

  /** @internal */
  async close(): Promise<void> {
    this.store.close();
    this.outbox.close();
    await this.push.close();
    this.queue.close();
  }

  private newEntry(raw: string, copyOf?: PublishedEntry): PublishedEntry {
    const sequence = this.ledger.entries.length + 1;
    const now = this.options.clock.now();
    const entry = new PublishedEntry(this.idInstance, sequence, raw, now, copyOf);
    this.ledger.add(entry);
    return entry;
  }
}

function defaultWid(idInstance: string, typeInstance: TypeInstance): string {
  const number = `7900${idInstance.slice(-7).padStart(7, '0')}`;
  return typeInstance === 'whatsapp' ? `${number}@c.us` : number;
}
