import { describe, expect, it } from '@jest/globals';

import type { NotificationContext } from './notification.context.js';

declare const ctx: NotificationContext;
declare const file: File;

/** Never called: only the compiler reads them. */
const replies = {
  possible: () => {
    void ctx.reply('hello', { quote: true, once: 'greeting', linkPreview: false, typingMs: 2000 });
    void ctx.reply({ text: 'hello', linkPreview: false });
    void ctx.reply({ file, caption: 'the menu' });
    void ctx.reply({ file: { url: 'https://example.com/a.pdf', name: 'a.pdf' } });
    void ctx.reply({ location: { latitude: 1, longitude: 2, name: 'here' } });
    void ctx.reply({ poll: 'Pizza?', options: ['yes', 'no'], multipleAnswers: true });
    void ctx.reply({ contact: { phone: 79990000000, firstName: 'Ada' } });
    void ctx.reply({ contact: { chatId: '10000000' } });
  },
  refused: () => {
    // @ts-expect-error -- no options
    void ctx.reply({ poll: 'Pizza?' });
    // @ts-expect-error -- no name: GREEN-API needs the extension
    void ctx.reply({ file: { url: 'https://example.com/a.pdf' } });
    // @ts-expect-error -- no longitude
    void ctx.reply({ location: { latitude: 1 } });
    // @ts-expect-error -- neither a phone number nor a chat
    void ctx.reply({ contact: { firstName: 'Ada' } });
    // @ts-expect-error -- misspelt
    void ctx.reply({ poll: 'Pizza?', options: ['yes', 'no'], multipleAnswer: true });
    // @ts-expect-error -- nothing to send
    void ctx.reply({});
  },
};

describe('ctx.reply', () => {
  it('is typed by what it sends', () => {
    expect(Object.keys(replies)).toEqual(['possible', 'refused']);
  });
});
