import { describe, expect, it } from '@jest/globals';

import { kindSamples } from '../notification/samples/kind.samples.js';
import { notificationKinds } from '../notification/is-known-kind.js';
import { messageTypes } from '../notification/message/message-type.js';
import type { NotificationFilter } from './notification.filter.js';
import { unknownWordsIn } from './unknown-words.js';

function wordsIn(kinds: string | readonly string[], filter: NotificationFilter = {}) {
  return unknownWordsIn([{ kinds: [kinds].flat(), filter, options: {} }]).map(
    ({ field, word, nearest }) => `${field} ${word} > ${nearest}`,
  );
}

describe('the words that a handler asks for', () => {
  it.each<[string, string | readonly string[], NotificationFilter, readonly string[]]>([
    ['a misspelt kind', 'incomingCal', {}, ['kind incomingCal > incomingCall']],
    ['a kind like no other', 'storyViewed', {}, ['kind storyViewed > undefined']],
    ['one of several kinds', ['incomingCall', 'x'], {}, ['kind x > undefined']],
    [
      'a misspelt typeMessage',
      'incomingMessageReceived',
      { typeMessage: 'textMesage' },
      ['typeMessage textMesage > textMessage'],
    ],
    [
      'one of several typeMessages, of any kind',
      '*',
      { typeMessage: ['textMessage', 'imageMesage'] },
      ['typeMessage imageMesage > imageMessage'],
    ],
    [
      'a misspelt status',
      'outgoingMessageStatus',
      { status: 'delivred' },
      ['status delivred > delivered'],
    ],
    [
      'what only the other direction of a call has',
      'incomingCall',
      { status: 'hungUp' },
      ['status hungUp > hangUp'],
    ],
    [
      'what only messages have',
      ['incomingCall', 'outgoingCall'],
      { status: ['missed', 'hungUp', 'read'] },
      ['status read > undefined'],
    ],
    ['a status of no kind at all', '*', { status: 'faild' }, ['status faild > failed']],
    [
      'a misspelt state',
      'stateInstanceChanged',
      { stateInstance: ['authorised', 'blocked'] },
      ['stateInstance authorised > authorized'],
    ],
    [
      'misspelt words of a misspelt kind',
      'outgoingMessageStatu',
      { status: ['red', 'read'] },
      ['kind outgoingMessageStatu > outgoingMessageStatus', 'status red > read'],
    ],
  ])('are unknown: %s', (_, kinds, filter, expected) => {
    expect(wordsIn(kinds, filter)).toEqual(expected);
  });

  it.each<[string, string | readonly string[], NotificationFilter]>([
    ['"*" and "unknown"', ['*', 'unknown'], {}],
    ['every kind', notificationKinds, {}],
    ['every typeMessage', 'incomingMessageReceived', { typeMessage: messageTypes }],
    ['what kinds that nobody knows may have', 'unknown', { status: 'seen', typeMessage: 'x' }],
    ['texts and names of instances', '*', { text: 'textMesage', instance: 'textMesage' }],
    [
      'every published status of a message',
      'outgoingMessageStatus',
      { status: kindSamples.outgoingMessageStatus.map(({ status }) => status) },
    ],
    [
      'every published status of an incoming call',
      'incomingCall',
      { status: kindSamples.incomingCall.flatMap(({ status }) => status ?? []) },
    ],
    [
      'every published status of an outgoing call',
      'outgoingCall',
      { status: kindSamples.outgoingCall.flatMap(({ status }) => status ?? []) },
    ],
    [
      'every published state',
      'stateInstanceChanged',
      { stateInstance: kindSamples.stateInstanceChanged.map((sample) => sample.stateInstance) },
    ],
  ])('are known: %s', (_, kinds, filter) => {
    expect(wordsIn(kinds, filter)).toEqual([]);
  });

  it('are told once, however many decorators of a method have them', () => {
    const subscription = { kinds: ['incomingCal'], filter: {}, options: {} };
    expect(unknownWordsIn([subscription, subscription])).toHaveLength(1);
  });
});
