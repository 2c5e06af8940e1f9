import { describe, expect, it } from '@jest/globals';

import { notificationKinds } from '../notification/kind.guards.js';
import { messageTypes } from '../notification/message/message-type.js';
import { nearestWord } from './unknown-words.js';

describe('the nearest word', () => {
  it.each<[string, readonly string[], string | undefined]>([
    ['incomingMesageReceived', notificationKinds, 'incomingMessageReceived'],
    ['incommingMessageRecieved', notificationKinds, 'incomingMessageReceived'],
    ['outgoingApiMessageReceived', notificationKinds, 'outgoingAPIMessageReceived'],
    ['OUTGOINGCALL', notificationKinds, 'outgoingCall'],
    ['storyViewed', notificationKinds, undefined],
    ['textMesage', messageTypes, 'textMessage'],
    ['hologram', messageTypes, undefined],
    ['hungUp', ['offer', 'pickUp', 'hangUp'], 'hangUp'],
    ['shpo', ['shop', 'help'], undefined],
    ['shp', ['help', 'shop'], 'shop'],
    ['six678', ['six', 'six6'], 'six6'],
    ['six678', ['six'], undefined],
    ['a', ['b'], undefined],
    ['', ['a'], undefined],
    ['a', [], undefined],
  ])('of %j among %j is %j', (word, known, nearest) => {
    expect(nearestWord(word, known)).toBe(nearest);
  });
});
