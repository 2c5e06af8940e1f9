import { createInterface } from 'node:readline';

import { FileDeadLetterStore } from '../file-dead-letter.store.js';
import { LETTER_FILE_TUNING, type LetterFileTuning } from '../letter-file.js';
import { letter } from './letter.sample.js';

// A process that uses a dead letter file. It answers each line of its input, a command, with one line.
const { LETTERS_FILE = '', TUNING = '{}' } = process.env;
const tuning = { ...LETTER_FILE_TUNING, ...(JSON.parse(TUNING) as Partial<LetterFileTuning>) };
const store = new FileDeadLetterStore(LETTERS_FILE, tuning);

// Without this, a file that is too long ends the process. A full disk would not do that.
process.on('SIGXFSZ', () => undefined);

const commands: Readonly<Record<string, (...words: string[]) => Promise<unknown>>> = {
  check: () => store.check(),
  put: (id = '', bytes = '') => store.put([letter(id, 'x'.repeat(Number(bytes)))]),
  get: (id = '') => store.get(id).then((found) => found?.id),
  discard: (id = '') => store.discard(id),
  list: async () => (await store.list()).map(({ id }) => id).join(' '),
  count: async () => (await store.list()).length,
  close: () => store.close(),
  /** Puts two letters at a time until the process is killed, and prints their ids. */
  async putForEver(prefix) {
    for (let round = 0; ; round += 1) {
      const [id, other] = [`${prefix}-${round % 7}`, `${prefix}-pair-${round % 7}`];
      await store.put([letter(id, round), letter(other, round)]);
      process.stdout.write(`${id} ${other} ${round}\n`);
    }
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [command = '', ...words] = line.split(' ');
  try {
    process.stdout.write(`ok ${String(await commands[command]!(...words))}\n`);
  } catch (error) {
    process.stdout.write(`failed ${(error as Error).message}\n`);
  }
}
