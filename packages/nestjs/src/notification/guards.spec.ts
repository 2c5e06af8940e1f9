import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { isMessage, isUnknownMessage } from './message.guards.js';
import { isNotification, isNotificationBody, isUnknownNotification } from './kind.guards.js';
import type { IncomingCall, OutgoingCall } from './kind/call.notification.js';
import type { IncomingMessage, Message, OutgoingApiMessage } from './kind/message.notification.js';
import type { UnknownNotification } from './kind/unknown.notification.js';
import type { UnknownMessageType } from './message/message-type.js';
import type { Notification } from './notification.js';
import { kindSamples } from './samples/kind.samples.js';
import { incoming, messageSamples } from './samples/message.samples.js';

const all: readonly Notification[] = Object.values(kindSamples).flat();
const messages: readonly IncomingMessage[] = Object.values(messageSamples).flat().map(incoming);
const brandNew = { typeWebhook: 'brandNew', more: 1 } as unknown as Notification;
const newType = {
  ...messages[0],
  messageData: { typeMessage: 'brandNew' },
} as unknown as Notification;

function wordsOf(sent: OutgoingApiMessage): string | undefined {
  if (!isMessage('textMessage')(sent)) return undefined;
  expectTypeOf(sent).toEqualTypeOf<OutgoingApiMessage<'textMessage'>>();
  return sent.messageData.textMessageData.textMessage;
}

describe('isNotification', () => {
  it('picks one kind', () => {
    const calls = all.filter(isNotification('incomingCall'));
    expectTypeOf(calls).toEqualTypeOf<IncomingCall[]>();
    expect(calls).toEqual(kindSamples.incomingCall);
  });

  it('picks several kinds', () => {
    const calls = all.filter(isNotification(['incomingCall', 'outgoingCall']));
    expectTypeOf(calls).toEqualTypeOf<(IncomingCall | OutgoingCall)[]>();
    expect(calls).toHaveLength(3);
  });

  it('picks a kind that has no type yet', () => {
    const found = [...all, brandNew].filter(isNotification('brandNew'));
    expectTypeOf(found).toEqualTypeOf<UnknownNotification[]>();
    expect(found).toEqual([brandNew]);
  });
});

describe('isMessage', () => {
  it('picks a type, in any direction', () => {
    const texts = all.filter(isMessage('textMessage'));
    expectTypeOf(texts).toEqualTypeOf<Message<'textMessage'>[]>();
    expect(texts).toHaveLength(4);
  });

  it('keeps a known direction', () => {
    const images = messages.filter(isMessage(['imageMessage', 'videoMessage']));
    expectTypeOf(images).toEqualTypeOf<IncomingMessage<'imageMessage' | 'videoMessage'>[]>();
    expect(images.every((image) => 'fileMessageData' in image.messageData)).toBe(true);
    expect(images).toHaveLength(5);
  });

  it('narrows in place', () => {
    expect(kindSamples.outgoingAPIMessageReceived.map(wordsOf)).toEqual(['Hello']);
  });

  it('picks a typeMessage that has no type yet', () => {
    const found = [...all, newType].filter(isMessage('brandNew'));
    expectTypeOf(found).toEqualTypeOf<Message<UnknownMessageType>[]>();
    expect(found).toEqual([newType]);
  });
});

describe('isUnknownNotification and isUnknownMessage', () => {
  it('find a kind that has no type', () => {
    expectTypeOf([brandNew].filter(isUnknownNotification)).toEqualTypeOf<UnknownNotification[]>();
    expect([...all, brandNew].filter(isUnknownNotification)).toEqual([brandNew]);
  });

  it('find a message whose typeMessage has no type', () => {
    const found = [...all, ...messages, brandNew, newType].filter((n) => isUnknownMessage(n));
    expectTypeOf(found).toEqualTypeOf<Message<UnknownMessageType>[]>();
    expect(found).toEqual([newType]);
  });
});

describe('isNotificationBody', () => {
  it.each(all.map((body) => [body.typeWebhook, body]))('accepts %s', (_, body) => {
    expect(isNotificationBody(body)).toBe(true);
  });

  it('accepts an unknown kind, even if all other fields are missing', () => {
    expect(isNotificationBody({ typeWebhook: 'brandNew' })).toBe(true);
  });

  it.each([
    null,
    undefined,
    0,
    'x',
    [],
    {},
    { typeWebhook: '' },
    { typeWebhook: 1 },
    [{ typeWebhook: 'x' }],
  ])('rejects %j', (body) => {
    expect(isNotificationBody(body)).toBe(false);
  });
});
