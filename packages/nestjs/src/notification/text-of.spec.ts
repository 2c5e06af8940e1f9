import type { MessageType } from './message/message-data.js';
import { describe, expect, it } from '@jest/globals';
import type { Notification } from './notification.js';
import { kindSamples } from './samples/kind.samples.js';
import { incoming, messageSamples } from './samples/message.samples.js';
import { textOf } from './text-of.js';

type Texts = Record<MessageType, readonly (string | undefined)[]>;

/** The text of each sample. */
const expected: Texts = {
  textMessage: ['Hello', 'Hello', undefined],
  extendedTextMessage: ['https://example.com', 'from an advertisement'],
  quotedMessage: ['An answer', 'An answer on MAX'],
  reactionMessage: [undefined],
  editedMessage: ['Corrected', 'Corrected caption'],
  deletedMessage: [undefined, undefined],
  imageMessage: ['A caption', 'A caption', undefined],
  videoMessage: ['A caption', 'A caption'],
  documentMessage: ['A caption', 'A caption'],
  audioMessage: [undefined],
  stickerMessage: ['A caption', undefined],
  locationMessage: [undefined, undefined],
  contactMessage: [undefined, undefined, undefined],
  contactsArrayMessage: [undefined, undefined],
  ContactsArrayMessage: [undefined],
  groupInviteMessage: ['Join us', 'Join us'],
  pollMessage: ['Tea or coffee?', 'Tea or coffee?'],
  pollUpdateMessage: [undefined],
  buttonsMessage: ['Choose'],
  buttonsResponseMessage: ['Green'],
  listMessage: ['Choose'],
  listResponseMessage: ['Green', 'Green'],
  templateMessage: ['Choose', 'Choose', undefined],
  templateButtonsReplyMessage: ['Yes, please'],
  templateButtonReplyMessage: ['Yes, please'],
  interactiveButtons: ['Choose'],
  interactiveButtonsReply: ['Choose', 'Choose', 'Choose', 'Yes, please'],
  interactiveButtonsResponse: ['Yes, please'],
  orderMessage: [undefined],
  productMessage: [undefined],
  pollCreationMessage: [undefined],
  liveLocationMessage: [undefined],
  pinInChatMessage: [undefined],
  keepInChat: [undefined],
};

const written = (textMessage: string): Notification =>
  incoming({ typeMessage: 'textMessage', textMessageData: { textMessage } });

describe('textOf', () => {
  it.each(Object.entries(messageSamples))('finds what a person wrote in %s', (type, samples) => {
    expect(samples.map((data) => textOf(incoming(data)))).toEqual(expected[type as MessageType]);
  });

  it.each([
    ['', undefined],
    [' ', ' '],
    ['{{SWE001}}', undefined],
    ['{{SWE999}} No encryption keys available', undefined],
    ['SWE004', undefined],
    ['SWE001 is what I see, help', 'SWE001 is what I see, help'],
    ['see {{SWE001}}', 'see {{SWE001}}'],
  ])('reads %j as %j', (text, found) => {
    expect(textOf(written(text))).toBe(found);
  });

  it('returns undefined for notifications that are not messages', () => {
    const {
      incomingMessageReceived: _,
      outgoingMessageReceived: __,
      outgoingAPIMessageReceived: ___,
      ...others
    } = kindSamples;
    const found = Object.values(others).flatMap((samples): (string | undefined)[] =>
      samples.map((notification: Notification) => textOf(notification)),
    );
    expect(new Set(found)).toEqual(new Set([undefined]));
  });
});
