import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';

import type { GreenApiClient } from './green-api.client.js';
import type { FileAnswer, SentAnswer } from './green-api.methods.js';

declare const client: GreenApiClient;
const chatId = '79990000000@c.us';

/** Never called: only the compiler reads them. */
const calls = {
  known: () => {
    expectTypeOf(client.call('sendPoll', { chatId })).resolves.toEqualTypeOf<SentAnswer>();
    expectTypeOf(
      client.call('downloadFile', { chatId, idMessage: 'A' }),
    ).resolves.toEqualTypeOf<FileAnswer>();
    expectTypeOf(client.call('getChatHistory', { chatId })).resolves.toBeUnknown();
    void client.call('sendMessage', { chatId, message: 'hi', aFieldOfTomorrow: true });
  },
  other: () => {
    expectTypeOf(client.call('reboot')).resolves.toBeUnknown();
    const name: string = 'reboot';
    expectTypeOf(client.call(name, { a: 1 })).resolves.toBeUnknown();
  },
  refused: () => {
    // @ts-expect-error -- no request
    void client.call('sendPoll');
    // @ts-expect-error -- no idMessage
    void client.call('downloadFile', { chatId });
    // @ts-expect-error -- the message is a text
    void client.call('sendMessage', { chatId, message: 1 });
  },
};

describe('client.call', () => {
  it('is typed by the name of the method', () => {
    expect(Object.keys(calls)).toEqual(['known', 'other', 'refused']);
  });
});
