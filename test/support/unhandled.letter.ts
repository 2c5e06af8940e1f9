import type { UnhandledLetter } from '@green-notifications/nestjs';
import { incomingText } from '@green-notifications/nestjs/testing';

const AT = '2026-01-01T00:00:00.000Z';

/** The letter of a text that `Inbox.onText` gave up on; its id is the text. */
export function unhandledLetter(
  text: string,
  chatId: string,
  more: Partial<UnhandledLetter> = {},
): UnhandledLetter {
  return {
    kind: 'unhandled',
    id: text,
    idInstance: '1101000001',
    transport: 'polling',
    notification: incomingText(text, { chatId, idMessage: `ID ${text}` }),
    handler: 'Inbox.onText',
    attempts: 5,
    error: { name: 'Error', message: 'the old release' },
    firstAt: AT,
    lastAt: AT,
    ...more,
  };
}
