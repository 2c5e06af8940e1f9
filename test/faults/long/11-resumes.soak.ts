import { answerWith, apiError, proxyPage } from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';

import { NOTHING_LOST } from '../support/delivery.oracle.js';
import { FaultHarness } from '../support/fault.harness.js';

describe('instances that needed a person', () => {
  it('11. 3. are asked again once a minute, and resume by themselves', async () => {
    const failures = [
      answerWith({ status: 401 }),
      proxyPage(403),
      apiError(400, 'Instance is deleted'),
      apiError(400, 'Instance account is expired. Renew your instance'),
      apiError(400, 'instance account not authorized'),
    ];
    await using harness = await FaultHarness.start({ instances: failures.length + 2 });
    failures.forEach((answer, index) => {
      const idInstance = harness.ids[index]!;
      harness.emulator.faults.next({ method: 'receiveNotification', idInstance }, answer);
    });
    const withWebhook = harness.at(failures.length);
    withWebhook.applySettings({ webhookUrl: 'http://127.0.0.1:1/' });
    const deleting = { method: 'deleteNotification', idInstance: harness.ids.at(-1)! };
    harness.emulator.faults.next({ ...deleting, times: 5 }, proxyPage(502));
    for (const index of harness.ids.keys()) harness.publish(['one', 'two'], harness.at(index));

    await harness.run();
    await harness.logs.until('WARN', 'clear webhookUrl');
    withWebhook.applySettings({ webhookUrl: '' });
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    for (const index of harness.ids.keys()) {
      expect(harness.logs.having('WARN', `instance ${harness.ids[index]}`)).toHaveLength(1);
    }
  }, 150_000);
});
