import { Ledger } from '../ledger/ledger.js';
import { PublishedEntry } from '../ledger/published.entry.js';
import { RequestLog, type RequestQuery, type RequestRecord } from '../ledger/request.log.js';
import { NotificationBuilder } from '../notification/notification.builder.js';
import type {
  NotificationObject,
  RecordedCall,
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

/**
 * One emulated GREEN-API account.
 *
 * A published notification enters one queue, strictly first in, first out. If `webhookUrl` is
 * empty, the queue is read by polling (`PullChannel`). If it is set, the queue is pushed
 * (`WebhookSender`). The `ledger` records each notification and what happened to it, and `requests`
 * records each HTTP request, so a test can compare what was issued with what the application did.
 * Every change notifies one `ChangeSignal`; `until`, `drained` and the other waits use it, so that
 * tests need no sleeps.
 */
export class EmulatedInstance {
  readonly idInstance: string;
  /** The messenger; `v3` is MAX. */
  readonly typeInstance: TypeInstance;
  /** The account's own id in the messenger. */
  readonly wid: string;
  /** Every published notification and what happened to it. */
  readonly ledger = new Ledger();
  /** The HTTP requests that named this instance. */
  readonly requests: RequestLog;
  /** Builds notifications of every kind with the data of this instance. */
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

  /** Its token. If none was given, undefined until the first request. */
  get apiTokenInstance(): string | undefined {
    return this.token;
  }

  /** The current settings. */
  get settings(): Readonly<InstanceSettings> {
    return this.store.current;
  }

  get stateInstance(): StateInstance {
    return this.state;
  }

  /** The number of queued notifications. */
  get queueLength(): number {
    return this.queue.length;
  }

  /** The number of `receiveNotification` calls that wait for a notification. */
  get parkedPolls(): number {
    return this.pull.parkedPolls;
  }

  /** The calls of methods that bots use, `sendMessage` among them, oldest first. */
  get calls(): readonly RecordedCall[] {
    return this.outbox.calls;
  }

  /** Messages that callers sent with `sendMessage`, oldest first. */
  get sentMessages(): readonly SentMessage[] {
    return this.outbox.messages;
  }

  /**
   * Queues a notification, even if the settings switch off its kind. A string is sent unchanged, so
   * it can be broken JSON or contain numbers that are too large for JavaScript.
   */
  publish(notification: NotificationObject | string): PublishedEntry {
    const raw = typeof notification === 'string' ? notification : JSON.stringify(notification);
    const entry = this.newEntry(raw);
    this.queue.enqueue(entry);
    return entry;
  }

  /** Queues a copy directly behind the head, as if GREEN-API delivered the notification twice. */
  duplicate(original: PublishedEntry): PublishedEntry {
    const copy = this.newEntry(original.raw, original);
    this.queue.enqueueBehindHead(copy);
    return copy;
  }

  /** Drops the head of the queue, as if its 24 hours were over; undefined if the queue is empty. */
  expireHead(): PublishedEntry | undefined {
    const { head } = this.queue;
    if (head) this.queue.remove(head, 'expired');
    return head;
  }

  /** Changes settings at once, like the GREEN-API console. */
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

  /** Resolves when `count` `receiveNotification` calls wait at the same time. */
  waitForParkedPolls(count = 1): Promise<void> {
    return this.until(() => this.parkedPolls >= count);
  }

  /** Resolves when the number of matching requests since the start is reached. */
  waitForRequest(query: RequestQuery): Promise<RequestRecord[]> {
    return this.requests.waitFor(query);
  }

  /** Resolves when the condition is true. It is checked after every change of the instance. */
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
  send(
    message: Pick<SentMessage, 'chatId' | 'message' | 'quotedMessageId'>,
    body: RecordedCall['body'],
  ): SentMessage {
    const sent = this.outbox.send(message, body);
    this.changed.notify();
    return sent;
  }

  /** @internal */
  sendOther(method: string, body: RecordedCall['body']): string {
    const idMessage = this.outbox.sendOther(method, body);
    this.changed.notify();
    return idMessage;
  }

  /** @internal */
  record(method: string, body: RecordedCall['body']): void {
    this.outbox.record(method, body);
    this.changed.notify();
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
