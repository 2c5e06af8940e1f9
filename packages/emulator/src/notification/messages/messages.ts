import type { MessageData } from '../notification.types.js';
import { contactMessages } from './contact.messages.js';
import { fileMessages } from './file.messages.js';
import { interactiveMessages } from './interactive.messages.js';
import { pollMessages } from './poll.messages.js';
import { textMessages } from './text.messages.js';

/** Builders of `messageData`, by `typeMessage`; `other` builds the types without a builder. */
export const messages = {
  ...textMessages,
  ...fileMessages,
  ...contactMessages,
  ...pollMessages,
  ...interactiveMessages,

  /** A message of any `typeMessage`, known or unknown, with the given payload. */
  other: (typeMessage: string, payload: Record<string, unknown> = {}): MessageData => ({
    typeMessage,
    ...payload,
  }),
};
