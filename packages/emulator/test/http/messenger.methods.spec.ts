import { afterEach, describe, expect, it } from '@jest/globals';
import type { Emulator, InstanceOptions } from '../../src/index.js';
import type { InstanceClient } from '../support/instance.client.js';
import { startOneInstance, type OneInstanceOptions } from '../support/one.instance.js';

const chatId = '7900@c.us';

describe('the methods of bots', () => {
  let emulator: Emulator;
  let client: InstanceClient;

  async function start(
    instance: Partial<InstanceOptions> = {},
    options: OneInstanceOptions = {},
  ): Promise<void> {
    ({ emulator, client } = await startOneInstance(options, instance));
  }

  afterEach(() => emulator.close());

  it.each(['sendFileByUrl', 'sendPoll', 'sendLocation', 'sendContact'])(
    '%s is recorded and answered with an id, and its statuses are published',
    async (method) => {
      await start({ settings: { outgoingWebhook: 'yes', outgoingAPIMessageWebhook: 'yes' } });
      const answer = await client.post(method, { chatId, other: [1] });
      const { idMessage } = (await answer.json()) as { idMessage: string };
      expect(client.instance.calls).toMatchObject([
        { method, body: { chatId, other: [1] }, idMessage },
      ]);
      expect(client.instance.ledger.entries.map((entry) => entry.notification)).toMatchObject(
        ['sent', 'delivered', 'read'].map((status) => ({ status, chatId, idMessage })),
      );
    },
  );

  it('sendMessage is recorded among them', async () => {
    await start();
    await client.post('sendMessage', { chatId, message: 'hi' });
    const { idMessage } = client.instance.sentMessages[0]!;
    expect(client.instance.calls).toMatchObject([
      { method: 'sendMessage', body: { chatId, message: 'hi' }, idMessage },
    ]);
  });

  it('sendFileByUpload takes a form with a file', async () => {
    await start();
    const form = new FormData();
    form.append('chatId', chatId);
    form.append('a', new File(['hello'], 'hello.txt', { type: 'text/plain' }));
    const answer = await fetch(client.url('sendFileByUpload'), { method: 'POST', body: form });
    expect(answer.status).toBe(200);
    const [call] = client.instance.calls;
    expect(call).toMatchObject({ body: { chatId, a: { name: 'hello.txt' } } });
    expect(await (call!.body['a'] as File).text()).toBe('hello');
  });

  it.each([
    ['JSON', { body: '{"chatId":"7900@c.us"}' }],
    [
      'a broken form',
      { body: 'broken', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
    ],
  ])('sendFileByUpload refuses %s', async (_, request) => {
    await start();
    const answer = await fetch(client.url('sendFileByUpload'), { method: 'POST', ...request });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ message: 'bad request data' });
    expect(client.instance.calls).toEqual([]);
  });

  it('downloadFile answers with a URL', async () => {
    await start();
    const answer = await client.post('downloadFile', { chatId, idMessage: 'A/B' });
    expect(await answer.json()).toEqual({
      downloadUrl: 'https://storage.example/green-api/A%2FB',
    });
    const incomplete = await client.post('downloadFile', { chatId });
    expect(await incomplete.json()).toMatchObject({
      message: "Validation failed. Details: 'idMessage' is required",
    });
  });

  it('what is not documented is answered as the options say', async () => {
    await start({}, { undocumentedAnswers: { getChatHistory: [{ a: 1 }] } });
    expect(await (await client.post('getChatHistory', { chatId })).json()).toEqual([{ a: 1 }]);
    expect(await (await client.post('checkWhatsapp', { chatId })).json()).toEqual({});
    expect(client.instance.calls.map(({ method }) => method)).toEqual([
      'getChatHistory',
      'checkWhatsapp',
    ]);
  });

  it.each([
    ['sendPoll', '50'],
    ['downloadFile', '5'],
    ['getChatHistory', '1'],
    ['editMessage', '7'],
  ])('%s states its limit, %s a second', async (method, rate) => {
    await start({}, { undocumentedPerSecond: 7 });
    const { headers } = await client.post(method, { chatId, idMessage: 'A' });
    expect(headers.get('x-ratelimit-replenish-rate')).toBe(rate);
  });

  it('refuse while the instance is not authorised', async () => {
    await start();
    client.instance.setState('notAuthorized');
    const answer = await client.post('sendPoll', { chatId });
    expect(await answer.json()).toMatchObject({
      message: 'instance is starting or not authorized',
    });
    expect(client.instance.calls).toEqual([]);
  });
});
