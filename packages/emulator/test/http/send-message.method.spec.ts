import { afterEach, describe, expect, it } from '@jest/globals';
import type { Emulator, InstanceOptions, ManualClock } from '../../src/index.js';
import type { InstanceClient } from '../support/instance.client.js';
import { startOneInstance, type OneInstanceOptions } from '../support/one.instance.js';

const ALL_ON = { outgoingAPIMessageWebhook: 'yes', outgoingWebhook: 'yes' } as const;

describe('sendMessage', () => {
  let clock: ManualClock;
  let emulator: Emulator;
  let client: InstanceClient;

  async function start(
    instance: Partial<InstanceOptions> = {},
    options: OneInstanceOptions = {},
  ): Promise<void> {
    ({ clock, emulator, client } = await startOneInstance(options, instance));
  }

  async function send(message: object): Promise<{ idMessage: string }> {
    const answer = await client.post('sendMessage', message);
    return (await answer.json()) as { idMessage: string };
  }

  const published = () =>
    client.instance.ledger.entries.map(({ notification }) => notification ?? {});

  afterEach(() => emulator.close());

  it('records the message and publishes nothing while the switches are off', async () => {
    await start();
    const { idMessage } = await send({ chatId: '7900@c.us', message: 'hello' });
    expect(client.instance.sentMessages).toEqual([
      { idMessage, chatId: '7900@c.us', message: 'hello', atMs: clock.now() },
    ]);
    expect(published()).toEqual([]);
  });

  it('publishes the message and its statuses with the returned id', async () => {
    await start({ settings: ALL_ON });
    const { idMessage } = await send({ chatId: '7900@c.us', message: 'hello' });
    expect(published()).toMatchObject([
      {
        typeWebhook: 'outgoingAPIMessageReceived',
        idMessage,
        senderData: { chatId: '7900@c.us', sender: '79001000001@c.us' },
        messageData: {
          typeMessage: 'extendedTextMessage',
          extendedTextMessageData: { text: 'hello' },
        },
      },
      { typeWebhook: 'outgoingMessageStatus', idMessage, status: 'sent', sendByApi: true },
      { typeWebhook: 'outgoingMessageStatus', idMessage, status: 'delivered' },
      { typeWebhook: 'outgoingMessageStatus', idMessage, status: 'read' },
    ]);
  });

  it('publishes the statuses one by one', async () => {
    await start({ settings: ALL_ON }, { messageStatusDelayMs: 1_000 });
    await send({ chatId: '7900@c.us', message: 'hello' });
    expect(published()).toHaveLength(1);
    await clock.advance(2_000);
    expect(published().slice(1)).toMatchObject([{ status: 'sent' }, { status: 'delivered' }]);
  });

  it('publishes plain text and no "sent" on Telegram', async () => {
    await start({ settings: ALL_ON, typeInstance: 'telegram' });
    await send({ chatId: '10000000', message: 'hello' });
    expect(published()).toMatchObject([
      { messageData: { typeMessage: 'textMessage' } },
      { status: 'delivered' },
      { status: 'read' },
    ]);
  });

  it('publishes a reply as a quote', async () => {
    await start({ settings: ALL_ON });
    await send({ chatId: '7900@c.us', message: 'yes', quotedMessageId: 'ABC' });
    expect(published()[0]).toMatchObject({
      messageData: {
        typeMessage: 'quotedMessage',
        extendedTextMessageData: { text: 'yes', stanzaId: 'ABC' },
      },
    });
  });

  it.each([
    [{ message: 'hello' }, "Validation failed. Details: 'chatId' is required"],
    [{ chatId: '7900@c.us' }, "Validation failed. Details: 'message' is required"],
  ])('refuses %j', async (message, reason) => {
    await start();
    const answer = await client.post('sendMessage', message);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ message: reason });
  });

  it('refuses while the instance is not authorised', async () => {
    await start();
    client.instance.setState('notAuthorized');
    const answer = await client.post('sendMessage', { chatId: '7900@c.us', message: 'hello' });
    expect(await answer.json()).toMatchObject({
      message: 'instance is starting or not authorized',
    });
  });
});
