import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type { QuotedMessage } from './message/quoted-message.js';
import type { Notification } from './notification.js';
import { quotaOf } from './notification.accessors.js';
import { quotedOf } from './quoted-of.js';
import { kindSamples } from './samples/kind.samples.js';
import { incoming, messageSamples } from './samples/message.samples.js';

const [withObject, withIds] = messageSamples.quotedMessage;
const [reaction] = messageSamples.reactionMessage;

function contentOf(quoted: QuotedMessage): unknown {
  switch (quoted.typeMessage) {
    case 'textMessage':
    case 'extendedTextMessage':
      expectTypeOf(quoted.textMessage).toEqualTypeOf<string | undefined>();
      return quoted.textMessage;
    case 'imageMessage':
      return quoted.downloadUrl;
    case 'locationMessage':
      return quoted.location?.latitude;
    case undefined:
      return 'untyped';
    default:
      return 'another type';
  }
}

/** One quote of each shape that differs from the shape of an ordinary message. */
const quotes: readonly QuotedMessage[] = [
  { stanzaId: '1', participant: 'p', typeMessage: 'textMessage', textMessage: 'x' },
  { stanzaId: '1', typeMessage: 'imageMessage', downloadUrl: 'u', caption: '', jpegThumbnail: '' },
  { participant: 'p', typeMessage: 'locationMessage', location: { latitude: 1, longitude: 2 } },
  { stanzaId: '1', participant: 'p' },
  { stanzaId: '1', typeMessage: 'stickerMessage', isAnimated: true, mimeType: 'image/webp' },
  { stanzaId: '1', typeMessage: 'deletedMessage', whatever: true },
];

describe('QuotedMessage', () => {
  it('narrows by its own typeMessage', () => {
    expect(quotes.map(contentOf)).toEqual(['x', 'u', 1, 'untyped', 'another type', 'another type']);
  });

  it('rejects the content of another type', () => {
    const quoted: QuotedMessage = {
      typeMessage: 'textMessage',
      // @ts-expect-error a text has no file
      downloadUrl: 'u',
    };
    expect(quoted).toBeDefined();
  });
});

describe('quotedOf', () => {
  it('returns the quoted message', () => {
    expect(quotedOf(incoming(withObject!))).toBe(withObject!.quotedMessage);
  });

  it('returns the quoted message beside messageData', () => {
    const { quotedMessage, ...messageData } = withObject!;
    expect(quotedOf({ ...incoming(messageData), quotedMessage: quotedMessage! })).toBe(
      quotedMessage,
    );
  });

  it('returns the ids next to the text if there is no quotedMessage', () => {
    expect(quotedOf(incoming(withIds!))).toEqual({ stanzaId: '115', participant: '1000' });
  });

  it('returns the message that a reaction is for', () => {
    expect(quotedOf(incoming(reaction!))).toEqual({
      stanzaId: '3EB0A3',
      participant: '79001230001@c.us',
    });
  });

  it('returns undefined if nothing is quoted', () => {
    const edited = incoming(messageSamples.editedMessage[0]!);
    const others: readonly Notification[] = [edited, ...kindSamples.deviceInfo];
    expect(new Set(others.map(quotedOf))).toEqual(new Set([undefined]));
  });
});

describe('quotaOf', () => {
  it('finds the quota under each of its names and kinds', () => {
    const all: readonly Notification[] = [
      ...kindSamples.quotaExceeded,
      ...kindSamples.incomingBlock,
      ...kindSamples.stateInstanceChanged,
    ];
    expect(all.map((notification) => quotaOf(notification)?.used)).toEqual([
      3,
      3,
      '3',
      undefined,
      3,
      undefined,
    ]);
  });
});
