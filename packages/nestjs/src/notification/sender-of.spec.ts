import { describe, expect, it } from '@jest/globals';
import type { Notification } from './notification.js';
import { kindSamples } from './samples/kind.samples.js';
import { senderOf } from './sender-of.js';

const sentBy = (senderData: object): Notification =>
  ({ typeWebhook: 'incomingMessageReceived', senderData }) as unknown as Notification;

describe('senderOf', () => {
  it.each([
    [
      'WhatsApp',
      { sender: '79001230001@c.us', senderName: 'Ann', senderContactName: 'Ann from work' },
      {
        id: '79001230001@c.us',
        name: 'Ann',
        contactName: 'Ann from work',
        phoneNumber: '79001230001',
      },
    ],
    [
      'a WhatsApp stranger whose number is hidden',
      { sender: '1112223334@lid', senderName: '', senderContactName: '' },
      { id: '1112223334@lid', name: '' },
    ],
    [
      'MAX',
      { sender: '10000001', senderName: 'Ann', senderPhoneNumber: 79001230001 },
      { id: '10000001', name: 'Ann', phoneNumber: '79001230001' },
    ],
    [
      'Telegram with a hidden number',
      { sender: '10000001', senderName: 'Ann', senderPhoneNumber: 0 },
      { id: '10000001', name: 'Ann' },
    ],
    ['a body with an id only', { sender: 10000001 }, { id: '10000001', name: '' }],
    ['a body without the author', { chatId: '79001230001@c.us' }, undefined],
  ])('returns the author on %s', (_, senderData, sender) => {
    expect(senderOf(sentBy(senderData))).toEqual(sender);
  });

  it('returns the caller of an incoming call', () => {
    expect(kindSamples.incomingCall.map(senderOf)).toEqual([
      { id: '79001230001@c.us', name: '', phoneNumber: '79001230001' },
      { id: '1@c.us', name: '', phoneNumber: '1' },
    ]);
  });

  it('returns undefined for an outgoing call, whose `from` is the chat', () => {
    expect(kindSamples.outgoingCall.map(senderOf)).toEqual([undefined]);
  });

  it('returns undefined for a notification without a sender', () => {
    expect(kindSamples.outgoingMessageStatus.map(senderOf)).toEqual(
      kindSamples.outgoingMessageStatus.map(() => undefined),
    );
  });
});
