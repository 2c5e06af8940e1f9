import {
  type IncomingMessage,
  isNotification,
  notificationKey,
  textOf,
} from '@green-notifications/nestjs';
import {
  deviceInfo,
  incomingBlock,
  incomingCall,
  incomingMessage,
  incomingText,
  outgoingApiMessage,
  outgoingApiText,
  outgoingCall,
  outgoingMessage,
  outgoingMessageStatus,
  outgoingText,
  quotaExceeded,
  stateInstanceChanged,
  statusInstanceChanged,
  unknownNotification,
} from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';

import { messageTypes } from '../../packages/nestjs/src/notification/message/message-type.js';

describe('the builders of notifications', () => {
  it('have a typed notification for each kind, with all that a test does not care about', () => {
    const all = [
      incomingMessage('imageMessage'),
      outgoingMessage('imageMessage'),
      outgoingApiMessage('imageMessage'),
      outgoingMessageStatus('read'),
      stateInstanceChanged('blocked'),
      statusInstanceChanged('offline'),
      deviceInfo(),
      incomingCall('missed'),
      outgoingCall('hungUp'),
      incomingBlock(),
      quotaExceeded(),
      unknownNotification('storyViewed', { by: 'Ann' }),
    ];
    expect(all.map(({ typeWebhook }) => String(typeWebhook))).toEqual([
      'incomingMessageReceived',
      'outgoingMessageReceived',
      'outgoingAPIMessageReceived',
      'outgoingMessageStatus',
      'stateInstanceChanged',
      'statusInstanceChanged',
      'deviceInfo',
      'incomingCall',
      'outgoingCall',
      'incomingBlock',
      'quotaExceeded',
      'storyViewed',
    ]);
    expect(new Set(all.map(notificationKey)).size).toBe(all.length);
    expect(all.every(({ instanceData }) => instanceData.idInstance === 1101000001)).toBe(true);
    expectTypeOf(incomingCall('missed').from).toEqualTypeOf<string>();
    expect(stateInstanceChanged('blocked', { idInstance: 7, timestamp: 5 })).toMatchObject({
      instanceData: { idInstance: 7 },
      timestamp: 5,
      stateInstance: 'blocked',
    });
  });

  it.each(messageTypes)('know what a %s is made of', (typeMessage) => {
    const message = incomingMessage(typeMessage);
    expect(message).toMatchObject({
      typeWebhook: 'incomingMessageReceived',
      messageData: { typeMessage },
    });
    expect(isNotification('incomingMessageReceived')(message)).toBe(true);
  });

  it('take the content and what surrounds it, and leave the rest as it is', () => {
    const image = incomingMessage(
      'imageMessage',
      { caption: 'Terrace' },
      { chatId: '120363000000000001@g.us', quotedMessage: { stanzaId: 'A' } },
    );
    expectTypeOf(image).toEqualTypeOf<IncomingMessage<'imageMessage'>>();
    expect(textOf(image)).toBe('Terrace');
    expect(image).toMatchObject({
      senderData: { chatId: '120363000000000001@g.us', sender: '79001230001@c.us' },
      messageData: {
        fileMessageData: { caption: 'Terrace', mimeType: 'image/jpeg' },
        quotedMessage: { stanzaId: 'A' },
      },
    });
    // @ts-expect-error an image has no text
    incomingMessage('imageMessage', { textMessage: 'Terrace' });
    const future = incomingMessage('hologramMessage', { depth: 3 });
    expect(future.messageData).toEqual({ typeMessage: 'hologramMessage', depth: 3 });
  });

  it('have short ways for texts, each with an id of its own', () => {
    const texts = [incomingText('hi'), outgoingText('hi'), outgoingApiText('hi')];
    expect(texts.map(textOf)).toEqual(['hi', 'hi', 'hi']);
    expect(new Set(texts.map(({ idMessage }) => idMessage)).size).toBe(3);
    expect(texts.map(({ senderData: { sender } }) => sender)).toEqual([
      '79001230001@c.us',
      '79001230000@c.us',
      '79001230000@c.us',
    ]);
    const max = incomingText('hi', { typeInstance: 'v3', chatId: '-5' });
    expect(max.senderData).toMatchObject({ chatId: '-5', sender: '10000001' });
  });
});
