import {
  hangUp,
  sentAgainLater,
  sentTwice,
  slowBody,
  slowHeaders,
} from '@green-notifications/emulator';
import { GreenNotifications } from '@green-notifications/nestjs';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';

import { Deferred } from '../support/deferred.js';
import { PLATFORMS, WEBHOOK_TOKEN, WebhookHarness } from '../webhook/webhook.harness.js';
import { judge, NOTHING_LOST } from './support/delivery.oracle.js';
import { type Behaviour, HandlingRecord } from './support/handling.record.js';
import { hostileJson, hostileNotification, jsonText } from './support/hostile.json.js';
import { Marker } from './support/mark.js';
import { recordingInbox } from './support/recording-inbox.js';
import { TcpFaultProxy } from './support/tcp-fault.proxy.js';
import { drip, halfClose, latency, reset, truncateAt } from './support/tcp-faults.js';
import { WitnessingLetterStore } from './support/witnessing-letter.store.js';

const HOUR_MS = 60 * 60 * 1000;
const QUICK = { backoff: { initialMs: 1, maxMs: 5 } };

/** GREEN-API that posts through a faulty network to an application that records everything. */
async function start(platform: (typeof PLATFORMS)[number], ...ids: number[]) {
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

describe.each(PLATFORMS)('webhooks on %s', (platform) => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('1. W: are handled once when the answer is lost, however it is lost', async () => {
    await using scene = await start(platform);
    const { proxy } = await scene.run();
    for (const fault of [reset(), truncateAt(0), truncateAt(20), halfClose()]) {
      proxy.next({ at: 'response' }, fault);
      proxy.next({ at: 'request' }, fault);
    }
    proxy.next({ at: 'connect' }, latency(5));
    proxy.next({ at: 'connect', skip: 1 }, drip(3, 1));
    scene.publish(['one', 'two', 'three', 'four', 'five']);
    await scene.harness.instance.drained();
    expect(scene.verdict).toEqual(NOTHING_LOST);
    expect(scene.record.texts()).toEqual(['one', 'two', 'three', 'four', 'five']);
  });

  it('7. W: objects that are no notification are parked, unknown kinds are handled, the queue goes on', async () => {
    await using scene = await start(platform);
    await scene.run();
    const { instance } = scene.harness;
    for (const body of ['{}', '{"typeWebhook":7}', '{"body":{"typeWebhook":"x"}}']) {
      instance.publish(body);
    }
    instance.publish(instance.build.notification('kindOfNextYear'));
    scene.publish(['after']);
    await instance.drained();
    expect(scene.verdict).toEqual(NOTHING_LOST);
    expect(await scene.letters.list()).toHaveLength(3);
    expect(scene.record.runs).toHaveLength(2);
  });

  it('8. W: fuzzed bodies and headers crash nothing, pollute nothing, and are refused or answered', async () => {
    await using scene = await start(platform);
    const { url } = await scene.run();
    const requests = fc.sample(
      fc.record({
        body: fc.oneof(
          hostileNotification,
          hostileJson.map(jsonText),
          fc.string({ unit: 'binary' }),
        ),
        headers: fc.dictionary(
          fc.constantFrom('x-forwarded-for', 'content-type', 'x-strange', 'accept', 'cookie'),
          fc.stringMatching(/^[ -~]{0,40}$/),
        ),
      }),
      { seed: 20_261, numRuns: 150 },
    );
    const before = Object.getOwnPropertyNames(Object.prototype);
    const statuses = new Set<number>();
    for (const { body, headers } of requests) {
      statuses.add((await scene.harness.post(url, body, { headers })).status);
    }
    expect(statuses).toEqual(new Set([200]));
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    scene.publish(['after']);
    await scene.harness.instance.drained();
    expect(scene.record.texts().at(-1)).toBe('after');
  });

  it('10. slow headers and slow bodies are closed, and hold up nobody else', async () => {
    await using scene = await start(platform, 1101, 1102, 1103);
    const { faults } = scene.harness.emulator;
    faults.nextPush({ idInstance: 1101 }, slowBody({ bytes: 1, intervalMs: 50 }));
    faults.nextPush({ idInstance: 1102 }, slowHeaders(5));
    await scene.run(undefined, { webhook: { bodyTimeoutMs: 200 } });
    for (const id of [1101, 1102, 1103]) {
      scene.publish(['one', 'two'], scene.harness.emulator.instance(id));
    }
    const entry = scene.harness.emulator.instance(1101).ledger.entries[0]!;
    await scene.harness.emulator.instance(1103).drained();
    expect(entry.state).toBe('queued');
    await Promise.all(scene.harness.emulator.instances.map((instance) => instance.drained()));
    expect(entry.handOuts[0]!.status).not.toBe(200);
    expect(scene.verdict).toEqual(NOTHING_LOST);
  });

  it('16. what is in flight at the stop is answered with its outcome, and nothing is lost', async () => {
    await using scene = await start(platform, 1101, 1102);
    const started = new Deferred();
    const finish = new Deferred();
    const { app } = await scene.run(async ({ text }) => {
      if (text !== 'slow') return;
      started.resolve();
      await finish.promise;
    });
    const [slow] = scene.publish(['slow', 'behind'], scene.harness.emulator.instance(1101));
    await started.promise;
    const greenNotifications = app.get(GreenNotifications);
    const stopping = greenNotifications.stop();
    const late = scene.publish(['late'], scene.harness.emulator.instance(1102))[0]!;
    await late.handedOut;
    finish.resolve();
    await slow!.deleted;
    await stopping;
    expect(slow!.handOuts.map(({ status }) => status)).toEqual([200]);
    expect(late.state).toBe('queued');
    await greenNotifications.start();
    await Promise.all(scene.harness.emulator.instances.map((instance) => instance.drained()));
    expect(scene.verdict).toEqual(NOTHING_LOST);
  });

  it('21. the same webhook at once, soon after and 23 hours later is one run', async () => {
    await using scene = await start(platform);
    const { faults } = scene.harness.emulator;
    faults.nextPush({}, sentTwice());
    faults.nextPush({}, sentAgainLater(30));
    const { url } = await scene.run();
    const entries = scene.publish(['one', 'two', 'three']);
    await scene.harness.instance.drained();
    await scene.harness.instance.until(() => entries[1]!.handOuts[1]?.status === 200);
    jumpTime(23 * HOUR_MS);
    expect((await scene.harness.post(url, entries[0]!.raw)).status).toBe(200);
    expect(scene.verdict).toEqual(NOTHING_LOST);
    expect(scene.record.texts()).toEqual(['one', 'two', 'three']);
  });

  it('22. a sender that hangs up while the handler runs gets 200 the next time, without another run', async () => {
    await using scene = await start(platform);
    const finish = new Deferred();
    scene.harness.emulator.faults.nextPush({ times: 2 }, hangUp(30));
    await scene.run(({ text }) => (text === 'slow' ? finish.promise : undefined));
    const [slow] = scene.publish(['slow', 'after']);
    await scene.harness.instance.until(() => slow!.handOuts.length === 2);
    finish.resolve();
    await scene.harness.instance.drained();
    expect(scene.verdict).toEqual(NOTHING_LOST);
    expect(scene.record.texts()).toEqual(['slow', 'after']);
  });

  it('24. W: a handler that never ends is timed out, given up on, and answered 200', async () => {
    await using scene = await start(platform);
    await scene.run(({ text }) => (text === 'hang' ? new Promise(() => undefined) : undefined), {
      handlerTimeoutMs: 20,
      retry: { attempts: 2, ...QUICK },
    });
    const [hung] = scene.publish(['hang', 'after']);
    await scene.harness.instance.drained();
    expect(scene.verdict).toEqual(NOTHING_LOST);
    expect(hung!.handOuts.map(({ status }) => status)).toEqual([500, 200]);
    expect(scene.record.texts()).toEqual(['hang', 'after']);
  });

  it('29. W: what cannot be parked is not acknowledged', async () => {
    await using scene = await start(platform);
    let isMended = false;
    const put = scene.letters.put.bind(scene.letters);
    scene.letters.put = async (letters) => {
      if (!isMended) throw new Error('disk full');
      await put(letters);
    };
    await scene.run(
      () => {
        throw new Error('never');
      },
      { retry: { attempts: 1, ...QUICK } },
    );
    const [poison] = scene.publish(['poison']);
    await scene.harness.instance.until(() => poison!.handOuts[1]?.status === 500);
    isMended = true;
    await poison!.deleted;
    expect(scene.verdict).toEqual(NOTHING_LOST);
  });

  it('32. forged requests never reach a handler, and the genuine one behind them does', async () => {
    await using scene = await start(platform);
    const { url } = await scene.run(undefined, {
      webhook: { allowedAddresses: ['203.0.113.7'], trustedProxies: ['127.0.0.1', '::1'] },
    });
    const authorization = `Bearer ${WEBHOOK_TOKEN}`;
    const genuine = '203.0.113.7';
    const forged: Record<string, string | string[]>[] = [
      { 'x-forwarded-for': '127.0.0.1' },
      { 'x-forwarded-for': `${genuine}, 198.51.100.1` },
      { 'x-forwarded-for': '::ffff:198.51.100.1' },
      { 'x-forwarded-for': genuine, authorization: [authorization, authorization] },
      { 'x-forwarded-for': genuine, authorization: ['Bearer forged', authorization] },
      { 'x-forwarded-for': genuine, authorization: 'Bearer forged' },
      { 'x-forwarded-for': genuine, 'x-long': 'x'.repeat(64 * 1024) },
    ];
    const body = scene.harness.text('hello');
    const statuses: number[] = [];
    for (const headers of forged) {
      statuses.push((await scene.harness.post(url, body, { headers })).status);
    }
    expect(statuses).toEqual([403, 403, 403, 401, 401, 401, 431]);
    expect(scene.record.runs).toEqual([]);
    const headers = { 'x-forwarded-for': `::ffff:${genuine}` };
    expect((await scene.harness.post(url, body, { headers })).status).toBe(200);
    expect(scene.record.texts()).toEqual(['hello']);
  });
});

/** Moves every clock that the application could ask. */
function jumpTime(byMs: number): void {
  for (const clock of [Date, performance]) {
    const realNow = clock.now.bind(clock);
    jest.spyOn(clock, 'now').mockImplementation(() => realNow() + byMs);
  }
}
