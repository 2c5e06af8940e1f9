import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock, startEmulator, type Emulator } from '../../src/index.js';
import { InstanceClient } from '../support/instance.client.js';
import { startOneInstance, type OneInstanceOptions } from '../support/one.instance.js';

const WEBHOOK_SET =
  'Message cannot be received because custom webhook url is set. Go to cabinet, clear webhook url for instance: 1101000001 and wait for about 1 minute for another attempt';

describe('checks and errors', () => {
  let clock: ManualClock;
  let emulator: Emulator;
  let client: InstanceClient;

  async function start(options: OneInstanceOptions = {}): Promise<void> {
    await emulator?.close();
    ({ clock, emulator, client } = await startOneInstance(options));
  }

  beforeEach(() => start());
  afterEach(() => emulator.close());

  it('answers a wrong token with 401, an empty body and rate headers, before other checks', async () => {
    const wrong = new InstanceClient(emulator, '1101000001', 'wrong');
    const answer = await fetch(wrong.url('deleteNotification', '/x'), { method: 'DELETE' });
    expect(answer.status).toBe(401);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/json',
      'content-length': '0',
      'access-control-allow-origin': '*',
      'access-control-expose-headers': '*',
      'x-ratelimit-remaining': '100',
      'x-ratelimit-replenish-rate': '100',
    });
  });

  it('answers an unknown instance with the HTML 403 of the proxy, without CORS headers', async () => {
    const answer = await new InstanceClient(emulator, '9999').get('receiveNotification');
    expect(answer.status).toBe(403);
    expect(answer.headers.get('content-type')).toBe('text/html');
    expect(answer.headers.has('access-control-allow-origin')).toBe(false);
    expect(await answer.text()).toContain('<h1>403 Forbidden</h1>');
  });

  it('answers an idInstance that is not a number with 400, or with 403 if set', async () => {
    const answer = await new InstanceClient(emulator, 'abc').get('receiveNotification');
    expect(await answer.json()).toMatchObject({
      statusCode: 400,
      message: 'Parameter idInstance not an integer',
    });
    await start({ malformedIdInstance: 'html-403' });
    const other = await new InstanceClient(emulator, 'abc').get('receiveNotification');
    expect(other.status).toBe(403);
  });

  it('answers a missing token with 400', async () => {
    const answer = await fetch(`${emulator.url}/waInstance1101000001/receiveNotification`);
    expect(await answer.json()).toMatchObject({ message: 'Parameter apiTokenInstance not define' });
  });

  it('answers a receiptId that is not a number with 400, or with 500 if set', async () => {
    expect(await client.delete('x')).toMatchObject({
      statusCode: 400,
      message: 'Parameter receiptId must be a Number!',
      path: '/waInstance1101000001/deleteNotification/secret/x',
    });
    await start({ malformedReceiptStatus: 500 });
    expect(await client.delete('x')).toMatchObject({ statusCode: 500 });
  });

  it('answers a wrong verb with 404', async () => {
    const answer = await client.get('deleteNotification', '/1');
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      message: 'Cannot GET /waInstance1101000001/deleteNotification/secret/1',
    });
  });

  it('refuses access to the queue while a webhook URL is set, in each body format', async () => {
    const webhookUrl = 'http://127.0.0.1:1/';
    client.instance.applySettings({ webhookUrl });
    const published = await client.get('receiveNotification');
    expect(published.status).toBe(400);
    expect(await published.json()).toEqual({
      code: 'INVALID_PARAM',
      message: WEBHOOK_SET,
      status: 'error',
    });
    expect(await client.delete(1)).toMatchObject({ message: WEBHOOK_SET });

    await start({ errorBody: 'status-code' });
    client.instance.applySettings({ webhookUrl });
    expect(await client.receive()).toEqual({
      statusCode: 400,
      timestamp: '2026-01-01T00:00:00.000Z',
      path: '/waInstance1101000001/receiveNotification/secret',
      message: WEBHOOK_SET,
    });
  });

  it('answers 429, empty and without Retry-After, above the rate limit of a method and instance', async () => {
    expect((await client.get('getStateInstance')).headers.get('x-ratelimit-remaining')).toBe('0');
    const second = await client.get('getStateInstance');
    expect(second.status).toBe(429);
    expect(second.headers.has('retry-after')).toBe(false);
    expect(await second.text()).toBe('');
    expect((await client.get('getSettings')).status).toBe(200);
    await clock.advance(1_000);
    expect((await client.get('getStateInstance')).status).toBe(200);
  });

  it('never answers 429 with rate limits off', async () => {
    await start({ rateLimits: false });
    await client.get('getStateInstance');
    expect((await client.get('getStateInstance')).status).toBe(200);
  });

  it('allows 100 receives per second', async () => {
    client.publishText();
    const answers = await Promise.all(
      Array.from({ length: 101 }, () => client.get('receiveNotification')),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
  });

  it('answers OPTIONS with the CORS headers', async () => {
    const answer = await fetch(client.url('receiveNotification'), { method: 'OPTIONS' });
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS, DELETE, HEAD',
      'access-control-max-age': '1728000',
    });
  });

  it('accepts the older spelling of a method, and the prefix /v3', async () => {
    client.publishText();
    expect((await client.get('ReceiveNotification')).status).toBe(200);
    const prefixed = `${emulator.url}/v3/waInstance1101000001/receiveNotification/secret`;
    expect((await fetch(prefixed)).status).toBe(200);
    await start({ caseInsensitiveMethods: false });
    expect((await client.get('ReceiveNotification')).status).toBe(404);
  });

  it('creates an instance for any idInstance, and keeps its first token', async () => {
    await emulator.close();
    emulator = await startEmulator({ clock: new ManualClock() });
    const first = new InstanceClient(emulator, '4100000001', 'mine');
    first.publishText();
    expect((await first.receive()).receiptId).toBe(1);
    expect(emulator.instance('4100000001').apiTokenInstance).toBe('mine');
    const second = new InstanceClient(emulator, '4100000001', 'other');
    expect((await second.get('receiveNotification')).status).toBe(401);
  });

  it('adds and removes instances while it runs', async () => {
    emulator.addInstance({ idInstance: 5, apiTokenInstance: 'five' });
    const five = new InstanceClient(emulator, '5', 'five');
    expect((await five.get('getSettings')).status).toBe(200);
    await emulator.removeInstance(5);
    expect((await five.get('getSettings')).status).toBe(403);
    expect(() => emulator.instance(5)).toThrow('No instance 5 in this emulator');
  });

  it('names the position of a JSON error in a request', async () => {
    const answer = await fetch(client.url('sendMessage'), { method: 'POST', body: '{"a":x}' });
    expect(await answer.json()).toMatchObject({
      statusCode: 400,
      message: 'Unexpected token x in JSON at position 5',
    });
  });
});
