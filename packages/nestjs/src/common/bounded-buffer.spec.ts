import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { BoundedBuffer } from './bounded-buffer.js';

/** The memory in use after a garbage collection. */
function heapUsedBytes(): number {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

describe('BoundedBuffer', () => {
  it('holds what was added, and nothing of a chunk that does not fit', () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 20_000 }), { maxLength: 8 });
    fc.assert(
      fc.property(chunks, fc.integer({ min: 1, max: 100_000 }), (given, limitBytes) => {
        const buffer = new BoundedBuffer(limitBytes);
        let expected = Buffer.alloc(0);
        for (const chunk of given) {
          const fits = expected.length + chunk.length <= limitBytes;
          expect(buffer.add(chunk)).toBe(fits);
          if (fits) expected = Buffer.concat([expected, chunk]);
        }
        expect(buffer.bytes.equals(expected)).toBe(true);
      }),
    );
  });

  it('needs no more memory for a million chunks of one byte than for their bytes', () => {
    const buffer = new BoundedBuffer(2_000_000);
    const before = heapUsedBytes();
    for (let count = 0; count < 1_000_000; count += 1) buffer.add(Buffer.from([count % 256]));
    expect(buffer.bytes).toHaveLength(1_000_000);
    expect(heapUsedBytes() - before).toBeLessThan(3_000_000);
  });
});
