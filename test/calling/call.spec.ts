import { answerWith, connectionReset } from '@green-notifications/emulator';
import {
  fileToSend,
  type GreenApiClient,
  GreenApiNetworkError,
  GreenApiProtocolError,
  GreenApiRequestRefusedError,
  InstanceNotAuthorizedError,
  type MethodCallOptions,
  RateLimitedError,
  type SendPollRequest,
} from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import { CANARY_TOKEN } from '../support/canary.js';
import { CallingApp, emulatorOf, ID } from './support/calling.app.js';
import { RecordingServer } from './support/recording.server.js';

const chatId = '79990000000@c.us';
const PATH = (method: string) => `/waInstance${ID}/${method}/${CANARY_TOKEN}`;

type Base = Pick<SendPollRequest, 'chatId'>;

function poll(client: GreenApiClient, request: Base, options?: MethodCallOptions) {
  return client.call(
    'sendPoll',
    { message: 'Pizza?', options: ['yes', 'no'], ...request },
    options,
  );
}

describe('client.call', () => {
  it.each([
    [
      'sendFileByUrl',
      (client: GreenApiClient, request: Base) =>
        client.call('sendFileByUrl', { urlFile: 'https://a.example', fileName: 'a', ...request }),
    ],
    ['sendPoll', (client: GreenApiClient, request: Base) => poll(client, request)],
    [
      'sendLocation',
      (client: GreenApiClient, request: Base) =>
        client.call('sendLocation', { latitude: 0, longitude: 0, ...request }),
    ],
    [
      'sendContact',
      (client: GreenApiClient, request: Base) =>
        client.call('sendContact', { contact: { phoneContact: 1, firstName: 'A' }, ...request }),
    ],
  ])('sends by %s, with every field that it is given', async (method, send) => {
    await using emulator = await emulatorOf();
    await using app = await CallingApp.start({ apiUrl: emulator.url });
    const request = { chatId, anything: ['a', { b: 1 }] };
    const { idMessage } = await send(app.client, request);
    expect(emulator.instance(ID).calls).toMatchObject([{ method, body: request, idMessage }]);
  });

  it('takes an empty answer', async () => {
    await using emulator = await emulatorOf();
    await using app = await CallingApp.start({ apiUrl: emulator.url });
    const { client } = app;
    expect(await client.call('sendTyping', { chatId, typingTime: 1000 })).toBeUndefined();
    expect(await client.call('deleteMessage', { chatId, idMessage: 'A' })).toBeUndefined();
    expect(emulator.instance(ID).calls.map(({ method }) => method)).toEqual([
      'sendTyping',
      'deleteMessage',
    ]);
  });

  it('looks up a file', async () => {
    await using emulator = await emulatorOf();
    await using app = await CallingApp.start({ apiUrl: emulator.url });
    const { downloadUrl } = await app.client.call('downloadFile', { chatId, idMessage: 'ABC' });
    expect(downloadUrl).toMatch(/^https:.*ABC$/);
  });

  it('passes an answer on as it is, whatever it is', async () => {
    const answers = {
      getChatHistory: [{ idMessage: '12345678901234567', new: true }],
      readChat: false,
      checkWhatsapp: { later: 1 },
    };
    await using emulator = await emulatorOf({ answers });
    await using app = await CallingApp.start({ apiUrl: emulator.url });
    const { client } = app;
    expect(await client.call('getChatHistory', { chatId })).toEqual(answers.getChatHistory);
    expect(await client.call('readChat', { chatId })).toBe(false);
    expect(await client.call('checkWhatsapp', { phoneNumber: 1 })).toEqual({ later: 1 });
  });

  it('calls a method that it does not know, with the verb, path and query it is given', async () => {
    await using server = await RecordingServer.start((response) => response.end());
    await using app = await CallingApp.start({ apiUrl: server.url });
    const { client } = app;
    expect(await client.call('reboot')).toBeUndefined();
    await client.call('createThing', { name: 'x' });
    await client.call('lastIncomingMessages', undefined, { query: { minutes: 60 } });
    await client.call('removeThing', { id: 1 }, { httpMethod: 'DELETE', pathParameter: 'a/b' });
    await client.call('../logout');
    expect(server.requests.map(({ verb, url, body }) => [verb, url, body.toString()])).toEqual([
      ['GET', PATH('reboot'), ''],
      ['POST', PATH('createThing'), '{"name":"x"}'],
      ['GET', `${PATH('lastIncomingMessages')}?minutes=60`, ''],
      ['DELETE', `${PATH('removeThing')}/a%2Fb`, '{"id":1}'],
      ['GET', PATH('..%2Flogout'), ''],
    ]);
  });

  it('fails like the other methods', async () => {
    await using emulator = await emulatorOf();
    await using app = await CallingApp.start({ apiUrl: emulator.url });
    const { client } = app;
    await expect(client.call('noSuchMethod')).rejects.toThrow(GreenApiRequestRefusedError);
    emulator.instance(ID).setState('notAuthorized');
    await expect(poll(client, { chatId })).rejects.toThrow(InstanceNotAuthorizedError);
  });

  it.each([
    ['a 429', answerWith({ status: 429 }), RateLimitedError],
    ['a server error', answerWith({ status: 502 }, 'after-effect'), Error],
    ['a broken connection', connectionReset('after-effect'), GreenApiNetworkError],
  ])('never repeats a call after %s', async (_, fault, ExpectedError) => {
    await using emulator = await emulatorOf();
    await using app = await CallingApp.start({ apiUrl: emulator.url });
    emulator.faults.next({ method: 'sendPoll' }, fault);
    await expect(poll(app.client, { chatId })).rejects.toThrow(ExpectedError);
    await app.client.call('readChat', { chatId });
    expect(emulator.instance(ID).requests.of({ method: 'sendPoll' })).toHaveLength(1);
  });

  it('fails if a message was not sent, whatever the status, and says why', async () => {
    const body = { status: false, reason: `no such chat, ${CANARY_TOKEN}` };
    await using server = await RecordingServer.start((response) =>
      response.end(JSON.stringify(body)),
    );
    await using app = await CallingApp.start({ apiUrl: server.url });
    const failing = poll(app.client, { chatId });
    await expect(failing).rejects.toThrow(GreenApiProtocolError);
    await expect(failing).rejects.toThrow(/sendPoll .*no idMessage: no such chat, /);
    await expect(failing).rejects.not.toThrow(CANARY_TOKEN);
  });

  it('fails after the time that it is given', async () => {
    await using server = await RecordingServer.start(() => undefined);
    await using app = await CallingApp.start({ apiUrl: server.url });
    await expect(poll(app.client, { chatId }, { timeoutMs: 20 })).rejects.toMatchObject({
      code: 'NETWORK',
      reason: 'time-out',
    });
  });

  it('uploads to the media host, and nothing else', async () => {
    await using api = await RecordingServer.start((response) => response.end('{"idMessage":"A"}'));
    await using media = await RecordingServer.start((response) =>
      response.end('{"idMessage":"B"}'),
    );
    await using app = await CallingApp.start({ apiUrl: api.url, mediaUrl: media.url });
    const file = fileToSend(Buffer.from('hello'), 'hello.txt');
    expect(await app.client.call('sendFileByUpload', { chatId, file })).toEqual({ idMessage: 'B' });
    expect(await poll(app.client, { chatId })).toEqual({ idMessage: 'A' });
    expect(media.requests.map(({ verb, url }) => [verb, url])).toEqual([
      ['POST', PATH('sendFileByUpload')],
    ]);
    expect(api.requests).toHaveLength(1);
  });
});
