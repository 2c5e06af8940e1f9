import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  catalogue,
  ManualClock,
  messages,
  startEmulator,
  type Emulator,
  type TypeInstance,
} from '../../src/index.js';

const KINDS = [
  'incomingMessageReceived',
  'outgoingMessageReceived',
  'outgoingAPIMessageReceived',
  'outgoingMessageStatus',
  'incomingCall',
  'outgoingCall',
  'stateInstanceChanged',
  'statusInstanceChanged',
  'deviceInfo',
  'incomingBlock',
  'quotaExceeded',
];
const MESSENGERS: TypeInstance[] = ['whatsapp', 'telegram', 'v3'];

describe('the catalogue of notifications', () => {
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await startEmulator({
      clock: new ManualClock(),
      instances: MESSENGERS.map((typeInstance, index) => ({
        idInstance: index + 1,
        typeInstance,
      })),
    });
  });
  afterAll(() => emulator.close());

  const builderOf = (typeInstance: TypeInstance) =>
    emulator.instance(MESSENGERS.indexOf(typeInstance) + 1).build;

  it('covers every typeWebhook, and every typeMessage', () => {
    expect([...new Set(catalogue.map(({ typeWebhook }) => typeWebhook))]).toEqual(KINDS);
    const typeMessages = catalogue.flatMap(({ typeMessage }) => typeMessage ?? []);
    expect(new Set(typeMessages).size).toBe(28);
  });

  it('names each item once', () => {
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
  });

  it.each(MESSENGERS)('builds the documented kind of each item for %s', (typeInstance) => {
    const builder = builderOf(typeInstance);
    for (const item of catalogue.filter(({ messengers }) => messengers.includes(typeInstance))) {
      const built = item.build(builder);
      expect(built).toMatchObject({
        typeWebhook: item.typeWebhook,
        timestamp: Date.UTC(2026, 0, 1) / 1000,
        instanceData: { typeInstance },
        ...(item.typeMessage && { messageData: { typeMessage: item.typeMessage } }),
      });
    }
  });

  it('gives every message a different id', () => {
    const ids = catalogue
      .map((item) => item.build(builderOf('whatsapp')).idMessage)
      .filter((id) => id !== undefined);
    expect(new Set(ids).size).toBe(ids.length);
    expect(builderOf('whatsapp').newIdMessage()).toMatch(/^[0-9A-F]{16,32}$/);
    expect(builderOf('v3').newIdMessage()).toMatch(/^\d{18}$/);
  });

  it('gives a contact the payload of its messenger', () => {
    expect(messages.contact('Alex Brown', 'telegram')['contactMessageData']).toMatchObject({
      firstName: 'Alex',
      lastName: 'Brown',
    });
    expect(messages.contact('Alex', 'v3')['contactMessageData']).toMatchObject({ vcard: '' });
    expect(messages.contact('Alex')['contactMessageData']).toMatchObject({ displayName: 'Alex' });
  });

  it('sets chatType and senderType only for messengers that have them', () => {
    const group = builderOf('telegram').incomingText('hi', { chatId: '-100123' });
    expect(group['senderData']).toMatchObject({ chatType: 'group', senderType: 'user' });
    expect(builderOf('whatsapp').incomingText('hi')['senderData']).not.toHaveProperty('chatType');
  });

  it('can build kinds that do not exist yet', () => {
    const builder = builderOf('whatsapp');
    expect(builder.notification('channelPostReceived', { post: 1 })).toMatchObject({
      typeWebhook: 'channelPostReceived',
      post: 1,
    });
    expect(builder.incoming(messages.other('hologramMessage', { size: 3 }))).toMatchObject({
      messageData: { typeMessage: 'hologramMessage', size: 3 },
    });
  });
});
