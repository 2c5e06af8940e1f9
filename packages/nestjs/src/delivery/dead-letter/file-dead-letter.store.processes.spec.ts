import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { FileDeadLetterStore } from './file-dead-letter.store.js';
import { LetterProcess } from './samples/letter.process.js';
import { idsOf, letter } from './samples/letter.sample.js';

jest.setTimeout(60_000);

const IMPATIENT = { patienceMs: 200 };
/** Makes the store rewrite the file after every few puts. */
const TINY = { mostObsoleteBytes: 2000 };
const MEGABYTE = 2 ** 20;

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dead-letters-'));
  path = join(folder, 'letters.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

async function read() {
  const store = new FileDeadLetterStore(path);
  const letters = await store.list();
  await store.close();
  return letters;
}

describe('two processes with one dead letter file', () => {
  it('do not use it together: the second gets an error and writes nothing until the first ends', async () => {
    await using first = new LetterProcess(path);
    await using second = new LetterProcess(path, { tuning: IMPATIENT });
    expect(await first.ask('put a 10')).toBe('ok undefined');
    const before = await readFile(path);
    for (const command of ['check', 'put b 10', 'discard a']) {
      expect(await second.ask(command)).toContain(
        `failed The dead letter file ${path} is in use by process ${first.child.pid} on`,
      );
    }
    expect(await readFile(path)).toEqual(before);
    expect(await first.ask('close')).toBe('ok undefined');
    expect(await second.ask('put b 10')).toBe('ok undefined');
    expect(await second.ask('list')).toBe('ok a b');
  });

  it('do not use it together while the first one is suspended', async () => {
    await using first = new LetterProcess(path);
    const tuning = { ...IMPATIENT, silenceMs: 1 };
    await using second = new LetterProcess(path, { tuning });
    await first.ask('put a 10');
    first.child.kill('SIGSTOP');
    expect(await second.ask('put b 10')).toContain('failed The dead letter file');
    first.child.kill('SIGCONT');
    expect(await first.ask('put c 10')).toBe('ok undefined');
    expect(await first.ask('list')).toBe('ok a c');
  });
});

describe('a process that is killed', () => {
  it('releases its file at once', async () => {
    await using first = new LetterProcess(path);
    await using second = new LetterProcess(path, { tuning: { silenceMs: 60_000 } });
    await first.ask('put a 10');
    await second.ask('list');
    await first.end('SIGKILL');
    expect(await readdir(folder)).toContain('letters.jsonl.lock');
    const beganAtMs = performance.now();
    expect(await second.ask('list')).toBe('ok a');
    expect(performance.now() - beganAtMs).toBeLessThan(3000);
  });

  it('during puts loses no put that resolved, and leaves no incomplete one', async () => {
    const resolved = new Map<string, number>();
    for (let round = 1; round <= 8; round += 1) {
      const child = new LetterProcess(path, { tuning: TINY });
      child.tell('putForEver letter');
      // The process is killed at a different moment in each round. What it has printed by then
      // counts.
      for (let count = 0; count < 37 * round; count += 1)
        remember(resolved, await child.nextLine());
      child.child.kill('SIGKILL');
      for (let line; (line = await child.nextLine()) !== undefined;) remember(resolved, line);
      await child.end('SIGKILL');

      const kept = new Map((await read()).map((one) => [one.id, roundOf(one)]));
      for (const [id, since] of resolved) expect([id, kept.get(id)! >= since]).toEqual([id, true]);
      for (let index = 0; index < 7; index += 1) {
        expect(kept.get(`letter-${index}`)).toBe(kept.get(`letter-pair-${index}`));
      }
      resolved.clear();
      expect(await readdir(folder)).toEqual(['letters.jsonl']);
    }
  });
});

function remember(resolved: Map<string, number>, line: string | undefined): void {
  const [, id, other, round] = /^(\S+) (\S+) (\d+)$/.exec(line ?? '') ?? [];
  if (id === undefined) throw new Error(`The process printed ${line ?? 'nothing'}`);
  resolved.set(id, Number(round)).set(other!, Number(round));
}

const roundOf = (one: object) => ('body' in one ? Number(one.body) : NaN);

describe('a disk that is full', () => {
  it('keeps the stored letters, accepts one that still fits, and allows discards', async () => {
    // A file of this process may have 16 blocks of 512 or 1024 bytes. The second letter is larger.
    const runner = ['sh', '-c', 'ulimit -f 16; exec "$@"', 'sh'];
    await using child = new LetterProcess(path, { runner });
    expect(await child.ask('put a 10')).toBe('ok undefined');
    const { size } = await stat(path);
    expect(await child.ask('put b 20000')).toContain('failed EFBIG');
    expect((await stat(path)).size).toBe(size);
    expect(await child.ask('put c 10')).toBe('ok undefined');
    expect(await child.ask('list')).toBe('ok a c');
    expect(await child.ask('discard a')).toBe('ok true');
    await child.end('SIGKILL');
    expect(idsOf(await read())).toEqual(['c']);
  });
});

describe('a dead letter file that is larger than the memory of the process', () => {
  it('is opened, read and changed within 40 MB', async () => {
    const body = 'x'.repeat(4000);
    const lines = function* () {
      for (let index = 0; index < 13_000; index += 1) {
        yield `${JSON.stringify({ put: [letter(`letter-${index}`, body)] })}\n`;
      }
    };
    await pipeline(Readable.from(lines()), createWriteStream(path));
    expect((await stat(path)).size).toBeGreaterThan(50 * MEGABYTE);
    await using child = new LetterProcess(path, { nodeOptions: ['--max-old-space-size=40'] });
    expect(await child.ask('check')).toBe('ok undefined');
    expect(await child.ask('get letter-12999')).toBe('ok letter-12999');
    expect(await child.ask('put new 10')).toBe('ok undefined');
    expect(await child.ask('get new')).toBe('ok new');
  });
});
