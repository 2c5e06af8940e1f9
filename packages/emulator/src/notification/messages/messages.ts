import type { MessageData } from '../notification.types.js';
import { contactMessages } from './contact.messages.js';
import { fileMessages } from './file.messages.js';
import { interactiveMessages } from './interactive.messages.js';
import { pollMessages } from './poll.messages.js';
import { textMessages } from './text.messages.js';

/** Builders of `messageData`, one for every `typeMessage`. */
export const messages = {
  ...textMessages,
  ...fileMessages,
  ...contactMessages,
  ...pollMessages,
  ...interactiveMessages,

  /** A `typeMessage` of any name, known or not, with the payload given. */
  other: (typeMessage: string, payload: Record<string, unknown> = {}): MessageData => ({
    typeMessage,
    ...payload,
  }),
};
