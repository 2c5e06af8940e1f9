import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { isKnownKind } from './kind.guards.js';
import { isKnownMessageType } from './message.guards.js';
import type { IncomingCall } from './kind/call.notification.js';
import type { IncomingBlock } from './kind/incoming-block.notification.js';
import type { IncomingMessage, Message } from './kind/message.notification.js';
import type { QuotaData } from './kind/quota-exceeded.notification.js';
import type { UnknownNotification } from './kind/unknown.notification.js';
import type { FileMessageData } from './message/file.message.js';
import type { UnknownMessageData } from './message/message-type.js';
import type { Notification, NotificationKind, NotificationOf } from './notification.js';
import { kindSamples } from './samples/kind.samples.js';
import { incoming, messageSamples } from './samples/message.samples.js';

const text = incoming({ typeMessage: 'textMessage', textMessageData: { textMessage: 'Hello' } });

/**
 * Each case uses fields that only its own kind has: this tests that the compiler narrows the type.
 */
function summaryOf(n: Notification): unknown {
  switch (n.typeWebhook) {
    case 'incomingMessageReceived':
    case 'outgoingMessageReceived':
    case 'outgoingAPIMessageReceived':
      expectTypeOf(n).toEqualTypeOf<Message>();
      return contentOf(n);
    case 'incomingCall':
      expectTypeOf(n).toEqualTypeOf<IncomingCall>();
      return n.from;
    case 'outgoingCall':
      return n.duration;
    case 'outgoingMessageStatus':
      return n.status;
    case 'stateInstanceChanged':
      return n.stateInstance;
    case 'statusInstanceChanged':
      return n.statusInstance;
    case 'deviceInfo':
      return n.deviceData?.battery;
    case 'incomingBlock':
      if (n.quotaData === undefined) return n.chatId;
      expectTypeOf(n.quotaData).toEqualTypeOf<QuotaData>();
      return n.quotaData.used;
    case 'quotaExceeded':
      return n.quotaData?.total;
    default:
      expectTypeOf(n).toEqualTypeOf<UnknownNotification>();
      expectTypeOf(n['anything']).toEqualTypeOf<unknown>();
      return n['anything'];
  }
}

function contentOf({ messageData }: Message): unknown {
  switch (messageData.typeMessage) {
    case 'textMessage':
      return messageData.textMessageData.textMessage;
    case 'audioMessage':
      expectTypeOf(messageData).toEqualTypeOf<FileMessageData<'audioMessage'>>();
      return messageData.fileMessageData.downloadUrl;
    default:
      return undefined;
  }
}

describe('Notification', () => {
  it.each([
    ['incomingMessageReceived', 'Hello'],
    ['incomingCall', '79001230001@c.us'],
    ['outgoingCall', 12],
    ['outgoingMessageStatus', 'read'],
    ['stateInstanceChanged', 'yellowCard'],
    ['statusInstanceChanged', 'online'],
    ['deviceInfo', 92],
    ['incomingBlock', '10000000000@c.us'],
    ['quotaExceeded', 3],
  ] as const)('narrows %s by typeWebhook alone', (kind, summary) => {
    const [first] = kindSamples[kind].map(summaryOf);
    expect(first).toBe(summary);
  });

  it('leaves unknown kinds to the default of a switch', () => {
    const unknown = { typeWebhook: 'brandNew', anything: 1 } as unknown as Notification;
    expect(summaryOf(unknown)).toBe(1);
  });

  it('narrows the two bodies of incomingBlock by quotaData', () => {
    expect(kindSamples.incomingBlock.map(summaryOf)).toEqual(['10000000000@c.us', 3]);
  });

  it('keeps a message of one type assignable to the message of any type', () => {
    expectTypeOf<IncomingMessage<'imageMessage'>>().toExtend<IncomingMessage>();
    expectTypeOf<IncomingMessage>().not.toExtend<IncomingMessage<'imageMessage'>>();
    expectTypeOf<IncomingMessage<'imageMessage' | 'videoMessage'>['messageData']>().toEqualTypeOf<
      FileMessageData<'imageMessage'> | FileMessageData<'videoMessage'>
    >();
    // @ts-expect-error a misspelt type does not exist
    const misspelt: IncomingMessage<'imagMessage'> | undefined = undefined;
    expect(misspelt).toBeUndefined();
  });

  it('maps an unknown kind to UnknownNotification', () => {
    expectTypeOf<NotificationOf<'incomingCall'>>().toEqualTypeOf<IncomingCall>();
    expectTypeOf<NotificationOf<'incomingBlock'>>().toEqualTypeOf<IncomingBlock>();
    expectTypeOf<NotificationOf<'brandNew'>>().toEqualTypeOf<UnknownNotification>();
    expectTypeOf<NotificationOf>().toEqualTypeOf<NotificationOf<NotificationKind>>();
    expect(isKnownKind('brandNew')).toBe(false);
  });

  it('rejects fields and values that no notification has', () => {
    const { instanceData, timestamp } = text;
    const state: NotificationOf<'stateInstanceChanged'> = {
      typeWebhook: 'stateInstanceChanged',
      instanceData,
      timestamp,
      // @ts-expect-error GREEN-API sends the state as a string
      stateInstance: 1,
    };
    const message = incoming({
      typeMessage: 'imageMessage',
      // @ts-expect-error the payload belongs to another type
      textMessageData: { textMessage: 'Hello' },
    });
    const data: UnknownMessageData = {
      // @ts-expect-error a known type is not an unknown one
      typeMessage: 'imageMessage',
    };
    expect([state, message, data]).toHaveLength(3);
  });

  it('knows every kind and type that has a sample', () => {
    expect(Object.keys(kindSamples).filter((kind) => !isKnownKind(kind))).toEqual([]);
    expect(Object.keys(messageSamples).filter((type) => !isKnownMessageType(type))).toEqual([]);
    expect(isKnownKind('toString') || isKnownMessageType('constructor')).toBe(false);
  });
});
