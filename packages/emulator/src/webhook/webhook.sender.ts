import { sleep } from '../clock/clock.js';
import type { FaultRegistry } from '../faults/fault.registry.js';
import type { EmulatedInstance } from '../instance/emulated.instance.js';
import type { PushChannel } from '../instance/push.channel.js';
import type { HandOut, PublishedEntry } from '../ledger/published.entry.js';
import type { ResolvedOptions } from '../options/resolved.options.js';
import type { NotificationQueue } from '../queue/notification.queue.js';
import { LinkedAbort } from '../support/linked-abort.js';
import { WebhookClient, webhookHeaders } from './webhook.client.js';
import type { PostChanges, WebhookExchange } from './webhook.exchange.js';
import { WebhookTargets } from './webhook.targets.js';

/**
 * The pushing side of a queue (GREEN-API's Webhook Endpoint technology). While `webhookUrl` is set,
 * it POSTs the head of the queue until the answer is 200, with a pause after each failure. Only
 * then does it send the next notification.
 */
export class WebhookSender implements PushChannel {
  private readonly closing = new AbortController();
  private readonly client: WebhookClient;
  private readonly running: Promise<void>;
  private readonly refusedUrls = new Set<string>();

  constructor(
    private readonly instance: EmulatedInstance,
    private readonly queue: NotificationQueue,
    private readonly faults: FaultRegistry,
    private readonly options: ResolvedOptions,
  ) {
    const targets = new WebhookTargets(options.allowedWebhookHosts);
    this.client = new WebhookClient(options.clock, targets);
    this.running = this.run();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.running;
    await this.client.close();
  }

  private async run(): Promise<void> {
    const { signal } = this.closing;
    for (;;) {
      await this.queue.changed.until(() => this.pushable !== undefined, signal);
      if (signal.aborted) return;
      const entry = this.pushable;
      if (entry) await this.push(entry);
    }
  }

  private get pushable(): PublishedEntry | undefined {
    return this.instance.settings.webhookUrl === '' ? undefined : this.queue.head;
  }

  private async push(entry: PublishedEntry): Promise<void> {
    const exchange = this.exchange(entry);
    const fault = this.faults.takeWebhook(exchange);
    const handOut = await (fault ? fault.play(exchange) : exchange.post());
    if (handOut.failure === 'not-allowed') this.reportRefusal(exchange.url);
    const delivered = this.isSuccess(handOut.status);
    if (delivered) this.queue.remove(entry, 'deleted');
    const { pacingMs, retryPauseMs } = this.options.webhook;
    await this.pause(delivered ? pacingMs : retryPauseMs, exchange.url);
  }

  private reportRefusal(url: string): void {
    if (this.refusedUrls.has(url)) return;
    this.refusedUrls.add(url);
    const { idInstance } = this.instance;
    this.options.onWebhookRefused({ idInstance, host: new URL(url).hostname });
  }

  /**
   * Waits, but not after a change of `webhookUrl`: a new receiver must not wait because the old one
   * failed.
   */
  private async pause(delayMs: number, url: string): Promise<void> {
    const over = new LinkedAbort(this.closing.signal);
    await Promise.race([
      sleep(this.options.clock, delayMs, over.signal),
      this.queue.changed.until(() => this.instance.settings.webhookUrl !== url, over.signal),
    ]);
    over.release();
  }

  private exchange(entry: PublishedEntry): WebhookExchange {
    const { webhookUrl: url, webhookUrlToken } = this.instance.settings;
    const headers = webhookHeaders(webhookUrlToken);
    const { clock } = this.options;
    return {
      instance: this.instance,
      entry,
      url,
      clock,
      signal: this.closing.signal,
      headers,
      post: (changes = {}) => this.post(entry, url, headers, changes),
      connect: () => this.client.connect(url),
      record: (outcome) => this.record(entry, outcome),
    };
  }

  private async post(
    entry: PublishedEntry,
    url: string,
    headers: WebhookExchange['headers'],
    changes: PostChanges,
  ): Promise<HandOut> {
    const body = Buffer.from(entry.raw);
    const handOut = this.record(entry, {});
    const outcome = await this.client.post({
      url,
      body,
      headers: { ...headers, ...changes.headers },
      answerTimeoutMs: this.options.webhook.answerTimeoutMs,
      closing: this.closing.signal,
      ...(changes.hangUp && { hangUp: changes.hangUp }),
      ...(changes.pieces && { pieces: changes.pieces(body) }),
    });
    Object.assign(handOut, outcome);
    this.queue.changed.notify();
    return handOut;
  }

  private record(entry: PublishedEntry, outcome: Pick<HandOut, 'status' | 'failure'>): HandOut {
    const handOut: HandOut = { transport: 'webhook', atMs: this.options.clock.now(), ...outcome };
    entry.recordHandOut(handOut);
    this.queue.changed.notify();
    return handOut;
  }

  private isSuccess(status: number | undefined): boolean {
    if (status === undefined) return false;
    return (
      status === 200 || (this.options.webhook.success === '2xx' && status >= 200 && status < 300)
    );
  }
}
