import { describe, expect, it } from '@jest/globals';
import {
  chatIdOf,
  idInstanceOf,
  idMessageOf,
  isGroup,
  messengerOf,
  typeMessageOf,
} from './notification.accessors.js';
import type { Notification, NotificationKind } from './notification.js';
import { kindSamples } from './samples/kind.samples.js';

const body = (fields: object): Notification => fields as unknown as Notification;
const inChat = (chatId: unknown, chatType?: string): Notification =>
  body({ typeWebhook: 'incomingMessageReceived', senderData: { chatId, chatType } });

/** Chat and message id of the first sample of each kind. */
const ids: Record<NotificationKind, readonly [chatId?: string, idMessage?: string]> = {
  incomingMessageReceived: ['79001230001@c.us', '3EB0C0FFEE'],
  outgoingMessageReceived: ['79001230001@c.us', '3EB0C0FFEE'],
  outgoingAPIMessageReceived: ['79001230001@c.us', '3EB0C0FFEE'],
  outgoingMessageStatus: ['79001230001@c.us', 'BAE5F793F61411D0'],
  incomingCall: ['79001230001@c.us', 'CALL1'],
  outgoingCall: ['120363000000000000@g.us', 'CALL3'],
  incomingBlock: ['10000000000@c.us'],
  stateInstanceChanged: [],
  statusInstanceChanged: [],
  deviceInfo: [],
  quotaExceeded: [],
};

describe('chatIdOf and idMessageOf', () => {
  it.each(Object.entries(ids))('find both in %s', (kind, [chatId, idMessage]) => {
    const [notification] = kindSamples[kind as NotificationKind];
    expect(chatIdOf(notification!)).toBe(chatId);
    expect(idMessageOf(notification!)).toBe(idMessage);
  });

  it.each([
    [-69308615655644, '-69308615655644'],
    [10000001, '10000001'],
    ['', undefined],
    [1.5, undefined],
    [2 ** 60, undefined],
    [{}, undefined],
    [null, undefined],
  ])('read the chat id %p as %p', (sent, chatId) => {
    expect(chatIdOf(inChat(sent))).toBe(chatId);
  });
});

describe('isGroup', () => {
  it.each([
    [true, '120363000000000000@g.us', undefined],
    [true, '79001230001-1506012221@g.us', undefined],
    [false, '79001230001@c.us', undefined],
    [false, '79001230001@lid', undefined],
    [true, '-69308615655644', undefined],
    [false, '10000001', undefined],
    [true, '10000001', 'group'],
    [true, '-100', 'supergroup'],
    [false, '-100', 'channel'],
    [false, '10000001', 'user'],
    [false, '10000001', 'bot'],
    [false, undefined, undefined],
  ])('returns %p for the chat %p of type %p', (group, chatId, chatType) => {
    expect(isGroup(inChat(chatId, chatType))).toBe(group);
  });

  it('checks calls and statuses, too', () => {
    expect(kindSamples.outgoingCall.map(isGroup)).toEqual([true]);
    expect(kindSamples.outgoingMessageStatus.map(isGroup)).toEqual([false, true, false]);
  });
});

describe('messengerOf', () => {
  it.each([
    ['whatsapp', 'whatsapp'],
    ['telegram', 'telegram'],
    ['v3', 'max'],
    ['max', 'max'],
    ['brandNew', undefined],
    [undefined, undefined],
  ])('reads typeInstance %p as %p', (typeInstance, messenger) => {
    expect(messengerOf(body({ instanceData: { typeInstance } }))).toBe(messenger);
  });
});

describe('idInstanceOf', () => {
  it.each([
    [1101000001, '1101000001'],
    [710722725742, '710722725742'],
    ['1101000001', '1101000001'],
    [1101000001n, '1101000001'],
    [null, undefined],
  ])('returns %p as the decimal string %p', (idInstance, text) => {
    expect(idInstanceOf(body({ instanceData: { idInstance } }))).toBe(text);
  });
});

describe('typeMessageOf', () => {
  it('returns the type of a message, and undefined for other notifications', () => {
    expect(kindSamples.outgoingAPIMessageReceived.map(typeMessageOf)).toEqual(['textMessage']);
    expect(kindSamples.deviceInfo.map(typeMessageOf)).toEqual([undefined, undefined]);
  });
});
