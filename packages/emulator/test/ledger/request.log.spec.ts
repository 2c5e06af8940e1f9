import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';

import { RequestLog, type RequestRecord } from '../../src/ledger/request.log.js';

function record(method: string): RequestRecord {
  return { verb: 'GET', method, idInstance: '1', atMs: 0 };
}

describe('the request log', () => {
  it('resolves a wait when the method, the status and the number fit', async () => {
    const log = new RequestLog();
    const resolved: string[] = [];
    const note = (name: string) => () => void resolved.push(name);
    const waits = [
      log.waitFor({}).then(note('any')),
      log.waitFor({ method: 'a', count: 2 }).then(note('two a')),
      log.waitFor({ status: 200 }).then(note('any 200')),
      log.waitFor({ method: 'a', status: 200 }).then(note('a 200')),
    ];
    const [first, other, second] = [record('a'), record('b'), record('a')];
    const answer = (request: RequestRecord) => {
      request.status = 200;
      log.answered(request);
    };

    log.add(first);
    await waits[0];
    log.add(other);
    answer(other);
    await waits[2];
    expect(resolved).toEqual(['any', 'any 200']);

    log.add(second);
    await waits[1];
    answer(second);
    await waits[3];
    expect(resolved).toEqual(['any', 'any 200', 'two a', 'a 200']);
  });

  it('stays fast while a test waits for the last of 50,000 requests', async () => {
    const log = new RequestLog();
    const last = log.waitFor({ method: 'a', count: 50_000 });
    for (let made = 0; made < 50_000; made += 1) {
      log.add(record('a'));
      // Lets the time limit of the test take effect.
      if (made % 1000 === 0) await turnOfTheEventLoop();
    }
    expect(await last).toHaveLength(50_000);
  });
});
