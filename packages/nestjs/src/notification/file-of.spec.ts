import { describe, expect, it } from '@jest/globals';
import { errorMarkerOf } from './error-marker.js';
import { fileOf } from './file-of.js';
import type { Notification } from './notification.js';
import { kindSamples } from './samples/kind.samples.js';
import { incoming, messageSamples } from './samples/message.samples.js';

const [, tooLarge] = messageSamples.documentMessage;
const [, telegramSticker] = messageSamples.stickerMessage;
const written = (textMessage: string): Notification =>
  incoming({ typeMessage: 'textMessage', textMessageData: { textMessage } });

describe('fileOf', () => {
  it.each(['imageMessage', 'videoMessage', 'documentMessage', 'stickerMessage'] as const)(
    'returns the file of %s',
    (type) => {
      expect(fileOf(incoming(messageSamples[type][0]!))).toMatchObject({
        downloadUrl: 'https://example.com/file',
        fileName: 'file.bin',
        caption: 'A caption',
      });
    },
  );

  it('finds a sticker under its other key', () => {
    expect(fileOf(incoming(telegramSticker!))).toEqual({
      downloadUrl: 'https://example.com/AnimatedSticker.tgs',
      fileName: 'AnimatedSticker.tgs',
      mimeType: 'application/x-tgsticker',
    });
  });

  it('leaves out empty fields', () => {
    const fileMessageData = { downloadUrl: 'https://example.com/v', caption: '', fileName: '' };
    expect(fileOf(incoming({ typeMessage: 'audioMessage', fileMessageData }))).toEqual({
      downloadUrl: 'https://example.com/v',
    });
  });

  it('returns undefined if there is nothing to download', () => {
    const empty = incoming({ typeMessage: 'imageMessage', fileMessageData: { downloadUrl: '' } });
    expect([empty, incoming(tooLarge!), written('Hello')].map(fileOf)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('errorMarkerOf', () => {
  it.each([
    ['{{SWE001}}', 'SWE001'],
    ['{{SWE999}} No encryption keys available', 'SWE999'],
    ['SWE003', 'SWE003'],
    ['SWE003 appeared on my phone', undefined],
    ['Hello', undefined],
    ['', undefined],
  ])('in the text %j finds %j', (text, marker) => {
    expect(errorMarkerOf(written(text))).toBe(marker);
  });

  it('finds the marker instead of a URL', () => {
    expect(errorMarkerOf(incoming(tooLarge!))).toBe('SWE002');
  });

  it('finds the marker in the description of a status', () => {
    expect(kindSamples.outgoingMessageStatus.map(errorMarkerOf)).toEqual([
      undefined,
      'SWE004',
      undefined,
    ]);
  });
});
