import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { Delivery } from '../delivery/delivery.js';
import { kindSamples } from '../notification/samples/kind.samples.js';
import { incoming, messageSamples } from '../notification/samples/message.samples.js';
import type { Notification } from '../notification/notification.js';
import { matches } from './matches.js';
import type { NotificationFilter } from './notification.filter.js';

const textMessage = (textOfIt: string, chatId = '79001230001@c.us') => {
  const message = incoming({
    typeMessage: 'textMessage',
    textMessageData: { textMessage: textOfIt },
  });
  return { ...message, senderData: { ...message.senderData, chatId } };
};
const text = textMessage('Hello');
const group = textMessage('Hello', '120363000000000001@g.us');
const image = incoming(messageSamples.imageMessage[0]!);
const [reaction] = messageSamples.reactionMessage.map(incoming);
const [state] = kindSamples.stateInstanceChanged;
const [status] = kindSamples.outgoingMessageStatus;
const unknown = { typeWebhook: 'storyViewed', by: 'Ann' } as unknown as Notification;

function delivery(notification: Notification, name = 'shop'): Delivery {
  const instance = { name, idInstance: '1101000001' } as Delivery['instance'];
  return {
    key: '',
    notification,
    instance,
    transport: 'polling',
    receivedAt: new Date(0),
    redeliveryMs: 0,
  };
}

function isFor(
  kinds: string | readonly string[],
  filter: NotificationFilter,
  notification: Notification,
): boolean {
  const subscription = { kinds: [kinds].flat(), filter, options: {} };
  return matches(subscription, delivery(notification));
}

describe('matches', () => {
  it.each<[string, string | readonly string[], NotificationFilter, Notification, boolean]>([
    ['its kind', 'incomingMessageReceived', {}, text, true],
    ['another kind', 'outgoingMessageReceived', {}, text, false],
    ['one of several kinds', ['incomingCall', 'incomingMessageReceived'], {}, text, true],
    ['an empty list of kinds', [], {}, text, false],
    ['"*" and any kind', '*', {}, state!, true],
    ['"*" and an unknown kind', '*', {}, unknown, true],
    ['"unknown" and a known kind', 'unknown', {}, text, false],
    ['"unknown" and an unknown kind', 'unknown', {}, unknown, true],
    ['the name of an unknown kind', 'storyViewed', {}, unknown, true],
    ['a typeMessage', '*', { typeMessage: 'textMessage' }, text, true],
    ['another typeMessage', '*', { typeMessage: 'imageMessage' }, text, false],
    [
      'one typeMessage of several',
      '*',
      { typeMessage: ['imageMessage', 'textMessage'] },
      text,
      true,
    ],
    ['an empty list of typeMessages', '*', { typeMessage: [] }, text, false],
    [
      'a typeMessage, but the notification has none',
      '*',
      { typeMessage: 'textMessage' },
      state!,
      false,
    ],
    ['a status', '*', { status: status!.status }, status!, true],
    ['another status', '*', { status: ['noSuchStatus'] }, status!, false],
    ['a status, but the notification has none', '*', { status: 'read' }, text, false],
    ['a state', '*', { stateInstance: [state!.stateInstance] }, state!, true],
    ['another state', '*', { stateInstance: 'noSuchState' }, state!, false],
    ['its instance', '*', { instance: ['help', 'shop'] }, text, true],
    ['another instance', '*', { instance: 'help' }, text, false],
    ['a private chat', '*', { chat: 'private' }, text, true],
    ['a private chat, but the chat is a group', '*', { chat: 'private' }, group, false],
    ['a group', '*', { chat: 'group' }, group, true],
    ['a group, but the chat is private', '*', { chat: 'group' }, text, false],
    ['a private chat, but there is no chat', '*', { chat: 'private' }, state!, false],
    ['a group, but there is no chat', '*', { chat: 'group' }, state!, false],
    ['its text', '*', { text: 'Hello' }, text, true],
    ['a part of its text', '*', { text: 'Hell' }, text, false],
    ['a regular expression', '*', { text: /^hel/i }, text, true],
    ['another regular expression', '*', { text: /^ello/ }, text, false],
    ['a text, but there is none', '*', { text: /.*/ }, state!, false],
    ['a text, but the message is a reaction', '*', { text: /.*/ }, reaction!, false],
    ['a predicate', '*', { where: () => true }, text, true],
    ['a predicate that returns false', '*', { where: () => false }, text, false],
    ['all conditions', '*', { text: 'Hello', chat: 'private', instance: 'shop' }, text, true],
    ['all conditions but one', '*', { text: 'Hello', chat: 'group' }, text, false],
    ['an image', 'incomingMessageReceived', { typeMessage: 'imageMessage' }, image, true],
  ])('%s', (_, kinds, filter, notification, expected) => {
    expect(isFor(kinds, filter, notification)).toBe(expected);
  });

  it.each(['g', 'y', 'gy', ''])(
    'keeps no state in a regular expression with the flags "%s"',
    (flags) => {
      const expression = new RegExp('Hello', flags);
      const answers = Array.from({ length: 4 }, () => isFor('*', { text: expression }, text));
      expect(answers).toEqual([true, true, true, true]);
      expect(expression.lastIndex).toBe(0);
    },
  );

  it('calls the predicate last, with the notification', () => {
    const asked: unknown[] = [];
    const where = (notification: unknown) => asked.push(notification) > 0;
    expect(isFor('*', { where, text: 'Bye' }, text)).toBe(false);
    expect(isFor('*', { where, text: 'Hello' }, text)).toBe(true);
    expect(asked).toEqual([text]);
  });

  it('throws what the predicate throws', () => {
    const filter = {
      where: () => {
        throw new Error('broken');
      },
    };
    expect(() => isFor('*', filter, text)).toThrow('broken');
  });
});

describe('matches, for any notification', () => {
  const anyNotification = fc.oneof(
    fc.constantFrom<Notification>(text, group, image, state!, status!, unknown),
    fc.record({ typeWebhook: fc.string(), chatId: fc.anything(), senderData: fc.anything() }),
    fc.record({ typeWebhook: fc.string(), messageData: fc.anything(), status: fc.anything() }),
  ) as fc.Arbitrary<Notification>;
  const anyFilter = fc.record<NotificationFilter>(
    {
      typeMessage: fc.oneof(fc.constantFrom('textMessage', 'imageMessage'), fc.array(fc.string())),
      status: fc.oneof(fc.string(), fc.array(fc.string())),
      stateInstance: fc.oneof(fc.string(), fc.array(fc.string())),
      instance: fc.constantFrom('shop', 'help'),
      chat: fc.constantFrom('private', 'group'),
      text: fc.oneof(fc.constantFrom('Hello', /hello/i, /./g), fc.string()),
      where: fc.constantFrom(
        () => true,
        () => false,
      ),
    },
    { requiredKeys: [] },
  );

  it('never throws by itself, and returns the same result twice', () => {
    fc.assert(
      fc.property(anyNotification, anyFilter, (notification, filter) => {
        const answer = isFor('*', filter, notification);
        expect(isFor('*', filter, notification)).toBe(answer);
      }),
    );
  });

  it('matches no more notifications when a condition is added', () => {
    fc.assert(
      fc.property(anyNotification, anyFilter, anyFilter, (notification, filter, more) => {
        const narrower = { ...more, ...filter };
        const isNarrower = isFor('*', narrower, notification);
        expect(isNarrower && !isFor('*', filter, notification)).toBe(false);
      }),
    );
  });

  it('matches a list of values if one of them matches', () => {
    fc.assert(
      fc.property(anyNotification, fc.array(fc.string()), (notification, types) => {
        const any = types.some((type) => isFor('*', { typeMessage: type }, notification));
        expect(isFor('*', { typeMessage: types }, notification)).toBe(any);
      }),
    );
  });

  it('matches its own kind, and "*"', () => {
    fc.assert(
      fc.property(anyNotification, (notification) => {
        const { typeWebhook } = notification;
        const kinds = ['*', typeWebhook].filter((kind) => kind !== 'unknown');
        expect(kinds.every((kind) => isFor(kind, {}, notification))).toBe(true);
      }),
    );
  });
});
