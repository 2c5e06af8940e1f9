import { describe, expect, it } from '@jest/globals';

import { laneOf } from './lane-of.js';
import type { Notification } from './notification.js';

const lane = (body: object, idInstance = '1101') =>
  laneOf(body as unknown as Notification, idInstance);

describe('laneOf', () => {
  it('puts messages, statuses and calls of one chat into one lane', () => {
    const chatId = '79001230001@c.us';
    const lanes = [
      { typeWebhook: 'incomingMessageReceived', senderData: { chatId } },
      { typeWebhook: 'outgoingMessageStatus', chatId },
      { typeWebhook: 'incomingCall', from: chatId },
    ].map((body) => lane(body));
    expect(new Set(lanes).size).toBe(1);
  });

  it('gives each chat its own lane, also the same chat of two instances', () => {
    const body = { typeWebhook: 'incomingCall', from: 'a' };
    expect(lane(body)).not.toBe(lane({ ...body, from: 'b' }));
    expect(lane(body)).not.toBe(lane(body, '1102'));
  });

  it('puts notifications without a chat into one lane for each instance', () => {
    const states = ['authorized', 'starting'].map((stateInstance) =>
      lane({ typeWebhook: 'stateInstanceChanged', stateInstance }),
    );
    expect(states[0]).toBe(states[1]);
    expect(states[0]).not.toBe(lane({ typeWebhook: 'incomingCall', from: '1101' }));
  });
});
