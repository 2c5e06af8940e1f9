import { answerWith, apiError, proxyPage } from '@green-notifications/emulator';
import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { CANARY_TOKEN } from '../support/canary.js';
import { NOTHING_LOST } from './support/delivery.oracle.js';
import { FaultHarness } from './support/fault.harness.js';

const RECEIVE = 'receiveNotification';
const HOUR_MS = 60 * 60 * 1000;

describe('instances that need a person', () => {
  const failures = [
    { answer: answerWith({ status: 401 }), fix: 'check apiTokenInstance' },
    { answer: proxyPage(403), fix: 'apiUrl' },
    { answer: apiError(400, 'Instance is deleted'), fix: 'deleted' },
    { answer: apiError(400, 'Instance account is expired. Renew your instance'), fix: 'expired' },
    { answer: apiError(400, 'instance account not authorized'), fix: 'authorize' },
  ];

  it('11. pause with one message that names the fix, while the others go on', async () => {
    await using harness = await FaultHarness.start({ instances: failures.length + 2 });
    failures.forEach(({ answer }, index) => {
      const idInstance = harness.ids[index]!;
      harness.emulator.faults.next({ method: RECEIVE, idInstance, times: Infinity }, answer);
    });
    harness.at(failures.length).applySettings({ webhookUrl: 'http://127.0.0.1:1/' });
    for (const index of harness.ids.keys()) harness.publish(['one'], harness.at(index));
    const healthy = harness.at(failures.length + 1);
    await harness.run();
    const fixes = [...failures.map(({ fix }) => fix), 'clear webhookUrl'];
    for (const [index, fix] of fixes.entries()) {
      const name = `instance ${harness.ids[index]}`;
      await harness.logs.until('WARN', name);
      const warnings = harness.logs.having('WARN', name);
      expect(warnings).toEqual([expect.stringMatching(new RegExp(fix, 'i'))]);
      expect(harness.at(index).requests.of({ method: RECEIVE })).toHaveLength(1);
    }
    await healthy.drained();
    expect(harness.record.texts(healthy.idInstance)).toEqual(['one']);
  });
});

describe('two processes that poll one instance', () => {
  it('13. lose nothing', async () => {
    await using harness = await FaultHarness.start();
    const texts = Array.from({ length: 60 }, (_, index) => `${index}`);
    harness.publish(texts);
    await harness.run();
    await harness.run();
    await harness.drained();
    await harness.stop();
    const { lost, waiting } = harness.verdict;
    expect({ lost, waiting }).toEqual({ lost: [], waiting: [] });
    expect(new Set(harness.record.texts())).toEqual(new Set(texts));
  });

  it('13. are warned, because each deletes what the other has yet to delete', async () => {
    await using harness = await FaultHarness.start();
    const { emulator, instance } = harness;
    const first = `${emulator.url}/waInstance${instance.idInstance}/deleteNotification/${CANARY_TOKEN}/1`;
    harness.publish(['one', 'two']);
    await harness.run(async ({ text }) => {
      if (text === 'one') await fetch(first, { method: 'DELETE' });
    });
    await harness.logs.until('WARN', 'another program polls the same instance');
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
  });
});

describe('a wall clock that jumps', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    ['forwards', HOUR_MS],
    ['back', -HOUR_MS],
  ])('19. %s changes no schedule', async (_where, byMs) => {
    await using harness = await FaultHarness.start({ instances: 2 });
    const { faults } = harness.emulator;
    faults.next({ method: 'deleteNotification' }, proxyPage(502));
    harness.publish(['one', 'flaky', 'two']);
    const startedAt = performance.now();
    await harness.run(({ text, attempt }) => {
      if (text !== 'flaky' || attempt > 1) return;
      jumpClock(byMs);
      throw new Error('no');
    });
    await harness.at(0).drained();
    harness.publish(['three'], harness.at(1));
    await harness.drained();
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(harness.record.texts()).toEqual(['one', 'flaky', 'flaky', 'two', 'three']);
  });

  it('19. neither forgets what was handled, nor runs a handler into its time-out', async () => {
    await using harness = await FaultHarness.start();
    const { build } = harness.instance;
    const same = harness.marker.mark(build.incomingText('same'));
    await harness.run(() => jumpClock(HOUR_MS), { handlerTimeoutMs: HOUR_MS / 2 });
    await harness.instance.publish(same).deleted;
    await harness.instance.publish(same).deleted;
    expect(harness.record.texts()).toEqual(['same']);
    expect(harness.verdict).toEqual(NOTHING_LOST);
  });
});

/** Moves what `Date` says, and nothing else. */
function jumpClock(byMs: number): void {
  const realNow = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + byMs);
}
