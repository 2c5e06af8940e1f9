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

  it.each([
    ['sendFileByUrl', { urlFile: 'https://example.com/a.png', fileName: 'a.png' }],
    ['sendPoll', { message: 'Pizza?', options: [{ optionName: 'yes' }, { optionName: 'no' }] }],
    ['sendLocation', { latitude: 0, longitude: 0 }],
    ['sendContact', { contact: { phoneContact: 79990000000, firstName: 'Ada' } }],
  ])(
    '%s is recorded and answered with an id, and its statuses are published',
    async (method, fields) => {
      await start({ settings: { outgoingWebhook: 'yes', outgoingAPIMessageWebhook: 'yes' } });
      const body = { chatId, ...fields, other: [1] };
      const answer = await client.post(method, body);
      const { idMessage } = (await answer.json()) as { idMessage: string };
      expect(client.instance.calls).toMatchObject([{ method, body, idMessage }]);
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
    form.append('file', new File(['hello'], 'hello.txt', { type: 'text/plain' }));
    const answer = await fetch(client.url('sendFileByUpload'), { method: 'POST', body: form });
    expect(answer.status).toBe(200);
    const [call] = client.instance.calls;
    expect(call).toMatchObject({ body: { chatId, file: { name: 'hello.txt' } } });
    expect(await (call!.body['file'] as File).text()).toBe('hello');
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
  });

  it.each([
    ['readChat', { chatId }, { setRead: true }],
    ['getChatHistory', { chatId }, []],
    ['getContactInfo', { chatId }, { chatId, name: '', contactName: '', avatar: '' }],
    ['checkWhatsapp', { phoneNumber: 79990000000 }, { existsWhatsapp: true }],
    ['checkAccount', { phoneNumber: 79990000000 }, { exist: true, chatId: '10000000' }],
  ])('%s answers as its page does, and is recorded', async (method, body, expected) => {
    await start();
    expect(await (await client.post(method, body)).json()).toEqual(expected);
    expect(client.instance.calls).toMatchObject([{ method, body }]);
  });

  it.each([
    ['sendTyping', { chatId, typingTime: 1000 }],
    ['deleteMessage', { chatId, idMessage: 'A' }],
  ])('%s has an empty answer', async (method, body) => {
    await start();
    const answer = await client.post(method, body);
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  it('forwardMessages answers with an id for each message', async () => {
    await start();
    const body = { chatId, chatIdFrom: chatId, messages: ['A', 'B'] };
    const { messages } = (await (await client.post('forwardMessages', body)).json()) as {
      messages: string[];
    };
    expect(new Set(messages).size).toBe(2);
  });

  it.each([
    ['sendPoll', { chatId, message: 'Pizza?' }, 'options'],
    ['sendLocation', { chatId, latitude: 1 }, 'longitude'],
    ['sendReaction', { chatId, idMessage: 'A', reaction: '' }, 'reaction'],
    ['downloadFile', { chatId }, 'idMessage'],
  ])('%s refuses a request without a required field', async (method, body, missing) => {
    await start();
    const answer = await client.post(method, body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      message: `Validation failed. Details: '${missing}' is required`,
    });
    expect(client.instance.calls).toEqual([]);
  });

  it('the option answers replaces answers', async () => {
    await start({}, { answers: { getChatHistory: [{ a: 1 }], readChat: undefined } });
    expect(await (await client.post('getChatHistory', { chatId })).json()).toEqual([{ a: 1 }]);
    expect(await (await client.post('readChat', { chatId })).text()).toBe('');
  });

  it.each([
    ['sendPoll', '50'],
    ['downloadFile', '5'],
    ['getChatHistory', '1'],
    ['readChat', '10'],
    ['forwardMessages', '7'],
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
