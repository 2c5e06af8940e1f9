import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Emulator, InstanceOptions, ManualClock } from '../../src/index.js';
import type { InstanceClient } from '../support/instance.client.js';
import { startOneInstance, type OneInstanceOptions } from '../support/one.instance.js';

describe('receiveNotification and deleteNotification', () => {
  let clock: ManualClock;
  let emulator: Emulator;
  let client: InstanceClient;

  async function start(
    options: OneInstanceOptions = {},
    instance: Partial<InstanceOptions> = {},
  ): Promise<void> {
    await emulator?.close();
    ({ clock, emulator, client } = await startOneInstance(options, instance));
  }

  beforeEach(() => start());
  afterEach(() => emulator.close());

  it('returns the same head with the same receipt until it is deleted', async () => {
    const first = client.publishText('first');
    const second = client.publishText('second');

    expect(await client.receive()).toEqual({ receiptId: 1, body: first.notification });
    expect(await client.receive()).toEqual({ receiptId: 1, body: first.notification });
    expect(await client.delete(1)).toEqual({ result: true });
    expect(await client.receive()).toEqual({ receiptId: 2, body: second.notification });
    expect(first.state).toBe('deleted');
    expect(first.handOuts.map(({ receiptId }) => receiptId)).toEqual([1, 1]);
    expect(client.instance.ledger.undeleted).toEqual([second]);
    expect(client.instance.ledger.redelivered).toEqual([first]);
  });

  it('deletes nothing for a receipt that was never given, or whose notification is deleted', async () => {
    const [first, second] = [client.publishText('first'), client.publishText('second')];
    await client.receive();
    expect(await client.delete(2)).toEqual({ result: false });
    expect(await client.delete(1)).toEqual({ result: true });
    await client.receive();
    expect(await client.delete(1)).toEqual({ result: false });
    expect([first.state, second.state]).toEqual(['deleted', 'queued']);
  });

  it('can use a new receipt for each receive, with older ones valid or not', async () => {
    await start({ redeliveryReceiptId: 'new', replacedReceipt: 'unknown' });
    client.publishText();
    expect((await client.receive()).receiptId).toBe(1);
    expect((await client.receive()).receiptId).toBe(2);
    expect(await client.delete(1)).toEqual({ result: false });
    expect(await client.delete(2)).toEqual({ result: true });
  });

  it('lets a poll wait until a notification arrives', async () => {
    const received = client.receive();
    await client.instance.waitForParkedPolls();
    const entry = client.publishText();
    expect((await received).body).toEqual(entry.notification);
    expect(client.instance.parkedPolls).toBe(0);
  });

  it('gives a new notification to every waiting poll', async () => {
    const polls = [client.receive(), client.receive(), client.receive()];
    await client.instance.waitForParkedPolls(3);
    const entry = client.publishText();
    const answers = await Promise.all(polls);
    expect(answers.map(({ receiptId }) => receiptId)).toEqual([1, 1, 1]);
    expect(entry.handOuts).toHaveLength(3);
  });

  it('hides the head for the visibility timeout, and returns nothing behind it', async () => {
    await start({ visibilityTimeoutMs: 3_000 });
    client.publishText('first');
    client.publishText('second');
    await client.receive();
    const again = client.receive();
    await client.instance.waitForParkedPolls();
    await clock.advance(2_999);
    expect(client.instance.parkedPolls).toBe(1);
    await clock.advance(1);
    expect((await again).receiptId).toBe(1);
  });

  it.each([
    ['', 5_000],
    ['?receiveTimeout=20', 20_000],
    ['?receiveTimeout=1', 5_000],
    ['?receiveTimeout=600', 60_000],
  ])('answers null when %p has run out', async (query, waitMs) => {
    const answer = client.get('receiveNotification', query);
    await client.instance.waitForParkedPolls();
    await clock.advance(waitMs - 1);
    expect(client.instance.parkedPolls).toBe(1);
    await clock.advance(1);
    expect(await (await answer).text()).toBe('null');
  });

  it('can answer an empty queue with an empty body', async () => {
    await start({ emptyAnswer: 'empty' });
    const answer = client.get('receiveNotification');
    await client.instance.waitForParkedPolls();
    await clock.advance(5_000);
    expect(await (await answer).text()).toBe('');
  });

  it('can refuse a receiveTimeout out of range', async () => {
    await start({ receiveTimeoutOutOfRange: 'reject' });
    expect((await client.get('receiveNotification', '?receiveTimeout=61')).status).toBe(400);
    expect((await client.get('receiveNotification', '?receiveTimeout=x')).status).toBe(400);
  });

  it('ends a waiting poll when its caller hangs up, without a delivery', async () => {
    const caller = new AbortController();
    const poll = client
      .get('receiveNotification', '', { signal: caller.signal })
      .catch(() => 'gone');
    await client.instance.waitForParkedPolls();
    caller.abort();
    await client.instance.until(() => client.instance.parkedPolls === 0);
    const entry = client.publishText();
    expect(await poll).toBe('gone');
    expect(entry.handOuts).toEqual([]);
  });

  it('drops a notification after 24 hours', async () => {
    const old = client.publishText();
    await clock.advance(24 * 60 * 60 * 1000 - 1);
    const young = client.publishText();
    await clock.advance(1);
    expect(await old.settled).toBe('expired');
    expect(young.state).toBe('queued');
    expect(client.instance.ledger.expired).toEqual([old]);
  });

  it('drops the head on request, even after it was received, and continues with the next', async () => {
    expect(client.instance.expireHead()).toBeUndefined();
    const held = client.publishText();
    const next = client.publishText();
    await client.receive();
    expect(client.instance.expireHead()).toBe(held);
    expect(await held.settled).toBe('expired');
    expect(await client.delete(1)).toEqual({ result: false });
    expect(await client.receive()).toEqual({ receiptId: 2, body: next.notification });
  });

  it('returns a published body byte for byte', async () => {
    const raw =
      '{"typeWebhook":"new","big":123456789012345678901,"__proto__":{"a":1},"s":"\\ud800"}';
    client.instance.publish(raw);
    const text = await (await client.get('receiveNotification')).text();
    expect(text).toBe(`{"receiptId":1,"body":${raw}}`);
  });

  it('queues a notification sent by POST / for the instance that it names', async () => {
    const notification = client.instance.build.incomingText('hi');
    const answer = await fetch(`${emulator.url}/`, {
      method: 'POST',
      body: JSON.stringify(notification),
    });
    expect(answer.status).toBe(200);
    expect((await client.receive()).body).toEqual(notification);
  });

  it('answers deleteNotification with a reason on MAX', async () => {
    await start({}, { typeInstance: 'v3' });
    client.publishText();
    await client.receive();
    expect(await client.delete(1)).toEqual({ result: true, reason: '' });
  });

  it('answers an unknown receipt with result false, or with the error findUnAckedMessage', async () => {
    expect(await client.delete(7)).toEqual({ result: false });
    await start({ unknownReceipt: 'find-unacked-500' });
    expect(await client.delete(7)).toMatchObject({
      statusCode: 500,
      message: "Cannot read properties of undefined (reading 'findUnAckedMessage')",
    });
  });

  it('resolves the promises of an entry and of its instance', async () => {
    const entry = client.publishText();
    const drained = client.instance.drained();
    await client.receive();
    expect(await entry.handedOut).toMatchObject({ transport: 'polling', receiptId: 1 });
    await client.delete(1);
    await Promise.all([entry.deleted, drained]);
    const [request] = await client.instance.waitForRequest({ method: 'deleteNotification' });
    expect(request).toMatchObject({ verb: 'DELETE', parameter: '1', status: 200 });
    expect(JSON.stringify(emulator.requests.records)).not.toContain('secret');
  });

  it('ends waiting polls at once when it closes', async () => {
    const poll = client.receive().catch(() => 'gone');
    await client.instance.waitForParkedPolls();
    await emulator.close();
    expect(await poll).toBe('gone');
    expect(clock.pendingTimers).toBe(0);
  });
});
