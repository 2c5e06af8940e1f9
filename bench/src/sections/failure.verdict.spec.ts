import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { undiciCalls } from '../contestants/bare-undici.js';
import { FailingHandler } from '../contestants/failing.handler.js';
import { GatewayServer } from '../gateway/gateway.server.js';
import { judge } from './failure.verdict.js';

describe('the verdict on failing handlers', () => {
  const server = new GatewayServer();
  beforeAll(() => server.listen());
  afterAll(() => server.close());

  /** Receives five texts, of which the third always fails. */
  async function receiveFive(turns: number, deletes: 'on success' | 'always' | 'never') {
    const { group, instances } = server.addGroup({
      instances: 1,
      roundTripMs: 0,
      traffic: 'texts',
      keepsLedger: true,
    });
    group.add(5);
    const calls = undiciCalls(instances[0]!, 5);
    const handler = new FailingHandler({ failsTwice: 0, failsAlways: 3, isAsync: true });
    for (let turn = 0; turn < turns; turn += 1) {
      const { receiptId, body } = (await calls.receive())!;
      let isHandled = true;
      try {
        await handler.handle(body);
      } catch {
        isHandled = false;
      }
      if (deletes === 'always' || (deletes === 'on success' && isHandled)) {
        await calls.remove(receiptId);
      }
    }
    return { group, handler };
  }

  it('is "blocked" for what waits behind a message that fails', async () => {
    const { group, handler } = await receiveFive(6, 'on success');
    expect(judge(group.ledger, handler.records, '')).toEqual({
      issued: 5,
      handled: 2,
      lost: 0,
      repeated: 0,
      blocked: 3,
      deadLetters: 0,
    });
  });

  it('is "lost" for what was deleted although it failed, unless it was stored', async () => {
    const { group, handler } = await receiveFive(5, 'always');
    expect(judge(group.ledger, handler.records, '')).toMatchObject({ handled: 4, lost: 1 });
    const letters = '{"body":{"idMessage":"1700000000-3"}}\n{"body":{"idMessage":"1700-33"}}\n';
    expect(judge(group.ledger, handler.records, letters)).toMatchObject({
      handled: 4,
      lost: 0,
      deadLetters: 1,
    });
  });

  it('is "repeated" for what was handled more than once', async () => {
    const { group, handler } = await receiveFive(4, 'never');
    expect(judge(group.ledger, handler.records, '')).toMatchObject({
      handled: 1,
      repeated: 1,
      blocked: 5,
    });
  });
});
