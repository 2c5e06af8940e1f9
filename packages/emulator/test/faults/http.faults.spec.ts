import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  answerWith,
  apiError,
  blackHole,
  closedAfterAnswer,
  connectionReset,
  delay,
  drippedBody,
  duplicateDelivery,
  malformedBody,
  proxyPage,
  staleHead,
  tokenEcho,
  tooManyRequests,
  truncatedBody,
  type Emulator,
  type ManualClock,
} from '../../src/index.js';
import type { InstanceClient } from '../support/instance.client.js';
import { startOneInstance } from '../support/one.instance.js';

const RECEIVE = { method: 'receiveNotification' };
const DELETE = { method: 'deleteNotification' };

describe('faults of the HTTP API', () => {
  let clock: ManualClock;
  let emulator: Emulator;
  let client: InstanceClient;

  beforeEach(async () => {
    ({ clock, emulator, client } = await startOneInstance());
  });
  afterEach(() => emulator.close());

  it('plays a fault as often as planned, on matching requests only, and lists the pending ones', async () => {
    const entry = client.publishText();
    const skipped = emulator.faults.next(
      { ...RECEIVE, idInstance: 1101000001, skip: 1, times: 2 },
      proxyPage(502),
    );
    const elsewhere = emulator.faults.next({ idInstance: 9 }, proxyPage(500));

    const statuses = [];
    for (let call = 0; call < 4; call += 1) {
      statuses.push((await client.get('receiveNotification')).status);
    }
    expect(statuses).toEqual([200, 502, 502, 200]);
    expect(skipped).toMatchObject({ name: 'proxyPage(502)', fired: 2, remaining: 0 });
    expect(emulator.faults.fired).toBe(2);
    expect(emulator.faults.pending).toEqual([elsewhere]);
    elsewhere.remove();
    expect(emulator.faults.pending).toEqual([]);
    expect(entry.handOuts).toHaveLength(2);
    expect(emulator.requests.of({ status: 502 }).map(({ fault }) => fault)).toEqual([
      'proxyPage(502)',
      'proxyPage(502)',
    ]);
  });

  it('plays a fault only if its predicate is true', async () => {
    emulator.faults.next({ when: ({ request }) => request.parameter === '2' }, proxyPage(504));
    expect(await client.delete(1)).toEqual({ result: false });
    const second = await fetch(client.url('deleteNotification', '/2'), { method: 'DELETE' });
    expect(second.status).toBe(504);
  });

  it('answers 429 with and without Retry-After', async () => {
    emulator.faults.next({}, tooManyRequests());
    emulator.faults.next({}, tooManyRequests({ retryAfterSeconds: 7 }));
    const plain = await client.get('getSettings');
    const polite = await client.get('getSettings');
    expect([plain.status, polite.status]).toEqual([429, 429]);
    expect(plain.headers.get('retry-after')).toBeNull();
    expect(polite.headers.get('retry-after')).toBe('7');
  });

  it('reports a deletion that did not happen', async () => {
    const entry = client.publishText();
    await client.receive();
    emulator.faults.next(DELETE, answerWith({ status: 200, body: { result: true } }));
    expect(await client.delete(1)).toEqual({ result: true });
    expect(entry.state).toBe('queued');
  });

  it('answers with a GREEN-API error', async () => {
    emulator.faults.next({ times: 2 }, apiError(400, 'Instance is deleted'));
    const answer = await client.get('receiveNotification');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      statusCode: 400,
      timestamp: '2026-01-01T00:00:00.000Z',
      path: '/waInstance1101000001/receiveNotification/secret',
      message: 'Instance is deleted',
    });
    emulator.faults.clear();
    expect((await client.get('getSettings')).status).toBe(200);
  });

  it('repeats the token in an error body', async () => {
    emulator.faults.next({}, tokenEcho(500));
    const answer = await client.get('receiveNotification');
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({
      path: '/waInstance1101000001/receiveNotification/secret',
      message: 'Cannot GET /waInstance1101000001/receiveNotification/secret',
    });
  });

  it('resets the connection before the effect', async () => {
    const entry = client.publishText();
    await client.receive();
    emulator.faults.next(DELETE, connectionReset('before-effect'));
    await expect(client.delete(1)).rejects.toThrow('fetch failed');
    expect(entry.state).toBe('queued');
  });

  it('resets the connection after the effect', async () => {
    const entry = client.publishText();
    await client.receive();
    emulator.faults.next(DELETE, connectionReset('after-effect'));
    await expect(client.delete(1)).rejects.toThrow('fetch failed');
    expect(entry.state).toBe('deleted');
    const [request] = emulator.requests.of(DELETE);
    expect(request?.status).toBeUndefined();
  });

  it('delays the answer, with the effect before or after the delay', async () => {
    const entry = client.publishText();
    await client.receive();
    emulator.faults.next(DELETE, delay(30_000));
    const deletion = client.delete(1);
    await client.instance.waitForRequest(DELETE);
    const stale = await client.receive();
    expect(stale.receiptId).toBe(1);
    await clock.advance(30_000);
    expect(await deletion).toEqual({ result: true });
    expect(entry.state).toBe('deleted');
  });

  it('cuts off the body', async () => {
    const entry = client.publishText();
    emulator.faults.next({ ...RECEIVE, handingOut: true }, truncatedBody());
    const answer = await client.get('receiveNotification');
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow('terminated');
    expect(entry.handOuts).toHaveLength(1);
    expect((await client.receive()).receiptId).toBe(1);
  });

  it('sends the body slowly', async () => {
    const entry = client.publishText();
    emulator.faults.next(RECEIVE, drippedBody({ bytes: 100, intervalMs: 1_000 }));
    const answer = await client.get('receiveNotification');
    const text = answer.json();
    await clock.advance(60_000);
    expect(await text).toEqual({ receiptId: 1, body: entry.notification });
  });

  it('never answers, and still closes quickly', async () => {
    emulator.faults.next(RECEIVE, blackHole());
    const answer = client.receive().catch(() => 'gone');
    await client.instance.waitForRequest(RECEIVE);
    await emulator.close();
    expect(await answer).toBe('gone');
  });

  it('replaces the body', async () => {
    client.publishText();
    emulator.faults.next(RECEIVE, malformedBody('{"receiptId":1,"body":'));
    expect(await (await client.get('receiveNotification')).text()).toBe('{"receiptId":1,"body":');
  });

  it('delivers a notification twice, with different receipts', async () => {
    const entry = client.publishText();
    const next = client.publishText('next');
    emulator.faults.next({ ...RECEIVE, handingOut: true }, duplicateDelivery());
    const bodies = [];
    for (let receiptId = 1; receiptId <= 3; receiptId += 1) {
      bodies.push((await client.receive()).body);
      expect(await client.delete(receiptId)).toEqual({ result: true });
    }
    expect(bodies).toEqual([entry.notification, entry.notification, next.notification]);
    expect(client.instance.ledger.entries.at(-1)?.copyOf).toBe(entry);
  });

  it('answers with the notification that was just deleted', async () => {
    const entry = client.publishText();
    await client.receive();
    await client.delete(1);
    emulator.faults.next(RECEIVE, staleHead());
    expect(await client.receive()).toEqual({ receiptId: 1, body: entry.notification });
    expect(await client.delete(1)).toEqual({ result: false });
  });

  it('does not use up a `handingOut` fault on a poll without a notification', async () => {
    const fault = emulator.faults.next({ ...RECEIVE, handingOut: true }, truncatedBody());
    const idle = client.get('receiveNotification');
    await client.instance.waitForParkedPolls();
    await clock.advance(5_000);
    expect(await (await idle).text()).toBe('null');
    expect(fault.fired).toBe(0);
  });

  it('closes a keep-alive connection after an answer', async () => {
    client.publishText();
    emulator.faults.next(RECEIVE, closedAfterAnswer());
    expect((await client.receive()).receiptId).toBe(1);
    expect((await client.receive()).receiptId).toBe(1);
  });

  it('plays a fault that the test defines', async () => {
    emulator.faults.next(
      {},
      {
        name: 'teapot',
        play: (exchange) => exchange.send({ status: 418, headers: {}, body: 'short and stout' }),
      },
    );
    expect((await client.get('getSettings')).status).toBe(418);
  });
});
