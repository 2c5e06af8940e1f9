import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { request } from 'undici';

import { startEmulator, type Emulator } from '../../src/index.js';
import { rawRequest } from '../support/raw.request.js';

const LIMIT = 16 * 1024 * 1024;
const HEAD = 'POST / HTTP/1.1\r\nHost: localhost\r\n';

describe('large and unusual requests', () => {
  let emulator: Emulator;

  beforeEach(async () => {
    emulator = await startEmulator({ rateLimits: false });
  });
  afterEach(() => emulator.close());

  async function post(body: string): Promise<number> {
    const answer = await request(`${emulator.url}/`, { method: 'POST', body });
    await answer.body.dump();
    return answer.statusCode;
  }

  it('takes a body of 16 MiB', async () => {
    const body = '{"instanceData":{"idInstance":1}}';
    expect(await post(body.padEnd(LIMIT))).toBe(200);
    expect(emulator.instance(1).queueLength).toBe(1);
  });

  it('answers 413 to a longer one, before it arrives', async () => {
    const answer = await rawRequest(
      emulator.url,
      `${HEAD}Content-Length: ${LIMIT + 1}\r\n\r\n{"instanceData"`,
    );
    expect(answer.status).toBe(413);
    expect(answer.body).toBe('The emulator takes bodies of up to 16 MiB.\n');
    expect(emulator.instances).toEqual([]);
  });

  it('answers 413 to a longer one whose length is not announced', async () => {
    const chunk = `${LIMIT.toString(16)}\r\n${' '.repeat(LIMIT)}\r\n`;
    const answer = await rawRequest(
      emulator.url,
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n${chunk}1\r\n `,
    );
    expect(answer.status).toBe(413);
  });

  it.each([
    ['a list', '[1]'],
    ['an object', '{"toString":1}'],
    ['a list that is nested a million times', '['.repeat(1e6) + ']'.repeat(1e6)],
  ])('answers 400 if the idInstance of a notification is %s', async (_, idInstance) => {
    expect(await post(`{"instanceData":{"idInstance":${idInstance}}}`)).toBe(400);
  });
});
