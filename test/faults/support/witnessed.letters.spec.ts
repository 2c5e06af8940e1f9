import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { lettersInFile } from './witnessed.letters.js';

describe('the letters of a file', () => {
  it('count as often as they were put, one by one or together, discarded or not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'letters-'));
    const path = join(folder, 'letters.jsonl');
    const handled = { kind: 'unhandled', id: 'a', idInstance: '1', handler: 'Inbox.onAny' };
    const first = { ...handled, notification: { mark: { seq: 7 } } };
    const other = { kind: 'unreadable', id: 'b', body: 'text' };
    const lines = [{ put: first }, { discard: 'a' }, { put: [first, other] }];
    await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const seven = { identity: '#7', idInstance: '1', handler: 'Inbox.onAny' };
    expect(await lettersInFile(path)).toEqual([seven, seven, { identity: '"text"' }]);
    await rm(folder, { recursive: true });
    expect(await lettersInFile(path)).toEqual([]);
  });
});
