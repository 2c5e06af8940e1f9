import {
  answerWith,
  apiError,
  closedAfterAnswer,
  proxyPage,
  tooManyRequests,
  truncatedBody,
} from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';

import { NOTHING_LOST } from './support/delivery.oracle.js';
import { FaultHarness } from './support/fault.harness.js';
import { intervalsMs, mostWithin } from './support/requests.js';
import { truncateAt } from './support/tcp-faults.js';

const RECEIVE = 'receiveNotification';
const DELETE = 'deleteNotification';
const TEXTS = ['one', 'two', 'three'];

describe('receiving while GREEN-API fails', () => {
  it('4. obeys 429 on receive and on delete, with and without Retry-After', async () => {
    const cases = [
      { method: RECEIVE, retryAfterSeconds: 2 },
      { method: DELETE, retryAfterSeconds: 2 },
      { method: RECEIVE },
      { method: DELETE },
    ];
    await using harness = await FaultHarness.start({ instances: cases.length });
    cases.forEach(({ method, ...options }, index) => {
      const idInstance = harness.ids[index]!;
      harness.emulator.faults.next({ method, idInstance }, tooManyRequests(options));
      harness.publish(TEXTS, harness.at(index));
    });
    await harness.run();
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    cases.forEach(({ method, retryAfterSeconds = 0.75 }, index) => {
      const [first] = intervalsMs(harness.at(index), method);
      expect(first).toBeGreaterThanOrEqual(retryAfterSeconds * 1000 - 10);
    });
  });

  it('4. makes no hot loop of a Retry-After that makes no sense', async () => {
    const values = ['99999999999', '-1', 'Wed, 21 Oct 2189 07:28:00 GMT', 'soon', '0', 'Infinity'];
    const cases = [RECEIVE, DELETE].flatMap((method) => values.map((value) => ({ method, value })));
    await using harness = await FaultHarness.start({ instances: cases.length });
    const planned = cases.map(({ method, value }, index) => {
      harness.publish(['one'], harness.at(index));
      return harness.emulator.faults.next(
        { method, idInstance: harness.ids[index]!, times: Infinity },
        answerWith({ status: 429, headers: { 'retry-after': value } }),
      );
    });
    await harness.run(undefined, { shutdownTimeoutMs: 0 });
    await Promise.all(
      cases.map(({ method }, index) => harness.at(index).waitForRequest({ method })),
    );
    await oneSecond();
    const tooMany = cases.filter((_case, index) => planned[index]!.fired > 2);
    expect(tooMany).toEqual([]);
  });

  it('4. stays below 100 requests a second of each kind, and never gets a 429', async () => {
    await using harness = await FaultHarness.start();
    harness.publish(Array.from({ length: 250 }, (_, index) => `${index}`));
    await harness.run();
    await harness.drained();
    expect(harness.instance.requests.of({ status: 429 })).toEqual([]);
    expect(mostWithin(1000, harness.instance, RECEIVE)).toBeLessThan(100);
  });

  it('5. backs off for errors, takes nothing for an idle queue, and makes a hot loop of neither', async () => {
    const failing = [
      apiError(500, 'Internal Server Error'),
      proxyPage(500),
      answerWith({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html></html>' }),
    ];
    const idle = ['', 'null', ' \n', '{}', '{"receiptId":null,"body":null}', '[]', '0'].map(
      (body) => answerWith({ status: 200, body }),
    );
    const answers = [...failing, ...idle];
    await using harness = await FaultHarness.start({ instances: answers.length });
    answers.forEach((answer, index) => {
      const idInstance = harness.ids[index]!;
      harness.emulator.faults.next({ method: RECEIVE, idInstance, times: 2 }, answer);
      harness.publish(TEXTS, harness.at(index));
    });
    await harness.run();
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    for (const index of answers.keys()) {
      const [first, second] = intervalsMs(harness.at(index), RECEIVE);
      expect(first).toBeGreaterThanOrEqual(750);
      expect(second).toBeGreaterThanOrEqual(index < failing.length ? 1500 : 750);
    }
    expect(harness.logs.having('WARN', '')).toHaveLength(failing.length);
  });

  it('6. receives again what was cut off, and puts nothing of it among the dead letters', async () => {
    const faults = [truncatedBody(), truncatedBody(0), truncatedBody(1), closedAfterAnswer()];
    const cuts = [0, 30, 400, 600];
    await using harness = await FaultHarness.start({ instances: faults.length + cuts.length });
    for (const index of harness.ids.keys()) harness.publish(TEXTS, harness.at(index));
    faults.forEach((fault, index) => {
      const idInstance = harness.ids[index]!;
      harness.emulator.faults.next({ method: RECEIVE, idInstance, times: 1 }, fault);
    });
    cuts.forEach((bytes, index) => {
      const request = `${harness.ids[faults.length + index]}/${RECEIVE}`;
      harness.proxy.next({ at: 'response', request }, truncateAt(bytes));
    });
    await harness.run();
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(await harness.letters.list()).toEqual([]);
  });

  it.each([
    ['with', {}],
    ['without', { deadLetters: false as const }],
  ])(
    '6. receives again JSON that was cut off with its length put right, however often, %s dead letters',
    async (_with, options) => {
      await using harness = await FaultHarness.start();
      harness.emulator.faults.next(
        { method: RECEIVE, times: 3 },
        answerWith({ status: 200, body: '{"receiptId":1,"body":{"typeWebhook":"incomingMess' }),
      );
      harness.publish(TEXTS);
      await harness.run(undefined, options);
      await harness.drained();
      expect(harness.verdict).toEqual(NOTHING_LOST);
      expect(await harness.letters.list()).toEqual([]);
    },
  );

  it('30. deletes on a new connection when the server closes the idle one, and does not bother the user', async () => {
    await using harness = await FaultHarness.start({ emulator: { keepAliveTimeoutMs: 1 } });
    harness.emulator.faults.next({ method: RECEIVE, handingOut: true }, closedAfterAnswer());
    harness.emulator.faults.next({ method: DELETE, skip: 1 }, closedAfterAnswer());
    harness.publish(TEXTS);
    await harness.run();
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(harness.logs.having('WARN', '')).toEqual([]);
    expect(harness.logs.having('ERROR', '')).toEqual([]);
  });
});

/** What is tested is that nothing happens meanwhile, so there is nothing to wait for. */
function oneSecond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000));
}
