import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';

import type { GreenApiClient } from './green-api.client.js';
import type { FileAnswer, JournalMessage, SentAnswer } from './green-api.answers.js';

declare const client: GreenApiClient;
const chatId = '79990000000@c.us';

/** Never called: only the compiler reads them. */
const calls = {
  known: () => {
    const options = [{ optionName: 'yes' }, { optionName: 'no' }];
    expectTypeOf(
      client.call('sendPoll', { chatId, message: 'Pizza?', options }),
    ).resolves.toEqualTypeOf<SentAnswer>();
    expectTypeOf(
      client.call('downloadFile', { chatId, idMessage: 'A' }),
    ).resolves.toEqualTypeOf<FileAnswer>();
    expectTypeOf(client.call('getChatHistory', { chatId })).resolves.toEqualTypeOf<
      readonly JournalMessage[]
    >();
    expectTypeOf(client.call('sendTyping', { chatId })).resolves.toBeUnknown();
    void client.call('sendMessage', { chatId, message: 'hi', aFieldOfTomorrow: true });
    void client.call('sendPoll', { chatId, message: 'Pizza?', options: ['yes', 'no'] });
    void client.call('sendContact', { chatId, contact: { phoneContact: 1, firstName: 'Ada' } });
    void client.call('sendContact', { chatId, contact: { chatId } });
    void client.call('checkAccount', { username: '@ada', force: true });
  },
  other: () => {
    expectTypeOf(client.call('reboot')).resolves.toBeUnknown();
    const name: string = 'reboot';
    expectTypeOf(client.call(name, { a: 1 })).resolves.toBeUnknown();
  },
  refused: () => {
    // @ts-expect-error -- no request
    void client.call('sendPoll');
    // @ts-expect-error -- no options
    void client.call('sendPoll', { chatId, message: 'Pizza?' });
    // @ts-expect-error -- GREEN-API takes a number
    void client.call('sendContact', { chatId, contact: { phoneContact: '1' } });
    // @ts-expect-error -- a file, not its content
    void client.call('sendFileByUpload', { chatId, file: 'hello' });
    // @ts-expect-error -- neither a phone number nor a user name
    void client.call('checkAccount', { force: true });
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
