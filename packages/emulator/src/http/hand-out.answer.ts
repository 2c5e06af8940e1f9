import type { Received } from '../queue/pull.channel.js';
import type { Answer } from './answer.js';
import { jsonAnswer } from './json.answer.js';

/** What `receiveNotification` answers when it hands out a notification. */
export function handOutAnswer({ receiptId, entry }: Received): Answer {
  return {
    ...jsonAnswer(null),
    // The body goes out as it was published, down to broken JSON and numbers beyond 2^53.
    body: `{"receiptId":${receiptId},"body":${entry.raw}}`,
    handsOut: entry,
  };
}
