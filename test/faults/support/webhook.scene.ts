import { type Platform, WebhookHarness } from '../../webhook/webhook.harness.js';
import { judge } from './delivery.oracle.js';
import { type Behaviour, HandlingRecord } from './handling.record.js';
import { Marker } from './mark.js';
import { recordingInbox } from './recording-inbox.js';
import { TcpFaultProxy } from './tcp-fault.proxy.js';
import { WitnessingLetterStore } from './witnessing-letter.store.js';

/** Short waits between attempts. */
export const QUICK = { backoff: { initialMs: 1, maxMs: 5 } };

/** GREEN-API that posts through a faulty network to an application that records everything. */
export async function startWebhooks(platform: Platform, ...ids: number[]) {
  const harness = await WebhookHarness.start(platform, ...ids);
  const record = new HandlingRecord();
  const letters = new WitnessingLetterStore();
  const marker = new Marker();
  let proxy: TcpFaultProxy | undefined;
  return {
    harness,
    record,
    letters,
    async run(behave?: Behaviour, options: Parameters<WebhookHarness['run']>[1] = {}) {
      const { app, url } = await harness.run(
        { providers: [recordingInbox(record, behave)] },
        { retry: QUICK, deadLetters: { store: letters }, ...options },
      );
      proxy = await TcpFaultProxy.start(url);
      harness.pushTo(proxy.url + new URL(url).pathname);
      return { app, url, proxy };
    },
    publish(texts: readonly string[], instance = harness.instance) {
      return texts.map((text) => instance.publish(marker.mark(instance.build.incomingText(text))));
    },
    get verdict() {
      const issued = harness.emulator.instances.flatMap(({ ledger }) => ledger.entries);
      return judge({ issued, runs: record.runs, letters: letters.witnessed });
    },
    async [Symbol.asyncDispose]() {
      await harness[Symbol.asyncDispose]();
      await proxy?.[Symbol.asyncDispose]();
    },
  };
}
