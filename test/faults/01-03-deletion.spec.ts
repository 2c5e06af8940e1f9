import { answerWith, apiError, proxyPage, staleHead } from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';

import { NOTHING_LOST } from './support/delivery.oracle.js';
import { FaultHarness } from './support/fault.harness.js';
import { intervalsMs, mostWithin } from './support/requests.js';
import { halfClose, reset, truncateAt } from './support/tcp-faults.js';

const DELETE = 'deleteNotification';
const TEXTS = ['one', 'two', 'three'];

describe('deleting what was handled', () => {
  it('1. handles once when the answer of DELETE is lost, however it is lost', async () => {
    const faults = [
      { at: 'request', fault: reset() },
      { at: 'response', fault: reset() },
      { at: 'response', fault: truncateAt(0) },
      { at: 'response', fault: truncateAt(60) },
      { at: 'request', fault: halfClose() },
    ] as const;
    await using harness = await FaultHarness.start({ instances: faults.length });
    faults.forEach(({ at, fault }, index) => {
      const request = `${harness.ids[index]}/${DELETE}`;
      harness.proxy.next({ at, request }, fault);
      harness.publish(TEXTS, harness.at(index));
    });
    await harness.run();
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(harness.record.runs).toHaveLength(faults.length * TEXTS.length);
    expect(harness.logs.having('WARN', '')).toEqual([]);
  });

  it('1. deletes a head that re-appears, and does not handle it again', async () => {
    await using harness = await FaultHarness.start();
    harness.emulator.faults.next({ method: 'receiveNotification', skip: 1, times: 3 }, staleHead());
    harness.publish(TEXTS);
    await harness.run();
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(harness.record.texts()).toEqual(TEXTS);
  });

  it('2. takes "result": false and the 500 findUnAckedMessage as gone, and warns of a competing consumer', async () => {
    const answers = [
      answerWith({ status: 200, body: { result: false } }),
      apiError(500, "Cannot read properties of undefined (reading 'findUnAckedMessage')"),
    ];
    await using harness = await FaultHarness.start({ instances: answers.length });
    answers.forEach((answer, index) => {
      harness.emulator.faults.next({ method: DELETE, idInstance: harness.ids[index]! }, answer);
      harness.publish(TEXTS, harness.at(index));
    });
    await harness.run();
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(harness.logs.having('WARN', 'another program polls the same instance')).toHaveLength(2);
  });

  it.each([
    ['says that it did not', { result: false }],
    ['says that it did', { result: true }],
  ])('2. makes no hot loop when GREEN-API never deletes, and %s', async (_what, body) => {
    await using harness = await FaultHarness.start();
    harness.emulator.faults.next(
      { method: DELETE, times: Infinity },
      answerWith({ status: 200, body }),
    );
    harness.publish(['one']);
    await harness.run();
    await harness.instance.waitForRequest({ method: DELETE, count: 4 });
    expect(mostWithin(1000, harness.instance, DELETE)).toBeLessThanOrEqual(3);
    expect(harness.record.texts()).toEqual(['one']);
    expect(harness.logs.having('WARN', '').length).toBeLessThanOrEqual(2);
  });

  it('3. backs off while DELETE fails, recovers by itself, and handles once', async () => {
    const failures = [
      apiError(500, 'Internal Server Error'),
      proxyPage(502),
      proxyPage(504),
      answerWith({ status: 503 }),
    ];
    await using harness = await FaultHarness.start({ instances: failures.length });
    failures.forEach((failure, index) => {
      const idInstance = harness.ids[index]!;
      harness.emulator.faults.next({ method: DELETE, idInstance, times: 2 }, failure);
      harness.publish(TEXTS, harness.at(index));
    });
    await harness.run();
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    for (const index of failures.keys()) {
      const [first, second] = intervalsMs(harness.at(index), DELETE);
      expect(first).toBeGreaterThanOrEqual(750);
      expect(second).toBeGreaterThanOrEqual(1500);
    }
  });
});
