import { describe, expect, it } from '@jest/globals';

import { sinceArrivalMs } from '../contestants/latency.js';
import { writeNotification } from './notification.writer.js';
import { PUBLISHED } from './published.bodies.js';

interface Written {
  readonly typeWebhook: string;
  readonly idMessage?: string;
  readonly timestamp: number;
  readonly instanceData: { readonly idInstance: number };
}

describe('the notifications of the bench', () => {
  const written = Array.from(
    { length: 200 },
    (_, index) => JSON.parse(writeNotification(1101000001, index + 1, 'mix')) as Written,
  );

  it('have the shares that the mix says', () => {
    expect(PUBLISHED.reduce((sum, { share }) => sum + share, 0)).toBe(100);
    const statuses = written.filter(({ typeWebhook }) => typeWebhook === 'outgoingMessageStatus');
    expect(statuses).toHaveLength(2 * 28);
  });

  it('are of the instance, and no two have the same idMessage', () => {
    expect(new Set(written.map(({ instanceData }) => instanceData.idInstance))).toEqual(
      new Set([1101000001]),
    );
    expect(written.every(({ timestamp }) => Number.isInteger(timestamp))).toBe(true);
    const ids = written.flatMap(({ idMessage }) => idMessage ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(190);
  });

  it('say in their idMessage when they arrived', () => {
    const { idMessage } = JSON.parse(writeNotification(1101000001, 1, 'texts')) as Written;
    expect(sinceArrivalMs(idMessage!)).toBeGreaterThan(0);
    expect(sinceArrivalMs(idMessage!)).toBeLessThan(30_000);
  });
});
