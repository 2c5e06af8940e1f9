import { ManualClock } from '@green-notifications/emulator';
import { GreenNotifications } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import { SettingsKeeper } from '../../../packages/nestjs/src/settings/settings.keeper.js';
import { Audit, SECRET, SettingsHarness, URL_OF_ROUTE } from '../support/settings.harness.js';

describe('changed settings', () => {
  it('are waited for until GREEN-API has restarted the instance', async () => {
    const clock = new ManualClock();
    await using run = await SettingsHarness.start(
      {},
      { clock, settingsDelayMs: 300_000, rateLimits: false },
    );
    const app = await run.with(Audit, {});
    await app.get(GreenNotifications).stop();
    const [instance] = app.get(GreenNotifications).instances;
    const keeper = new SettingsKeeper(
      instance!,
      {
        transport: 'polling',
        publicUrl: undefined,
        token: undefined,
        accepts: () => true,
        handled: [{ kinds: ['stateInstanceChanged'], typeMessages: [], instances: undefined }],
      },
      { recheckMs: 5, longestMs: 60_000 },
    );
    const applied = keeper.apply(new AbortController().signal);
    await run.instance.waitForRequest({ method: 'getStateInstance', status: 200 });
    expect(run.instance.stateInstance).toBe('starting');
    expect(run.logs.having('LOG', 'have taken effect')).toEqual([]);
    await clock.advance(300_000);
    await applied;
    expect(run.instance.settings.stateWebhook).toBe('yes');
    expect(run.logs.having('LOG', 'have taken effect')).toHaveLength(1);
    expect(run.logs.having('LOG', 'settings of instance 1101000001 match')).toHaveLength(1);
  });

  it('that never come into force cause a warning, and nothing fails', async () => {
    const clock = new ManualClock();
    await using run = await SettingsHarness.start(
      {},
      { clock, settingsDelayMs: 300_000, rateLimits: false },
    );
    const app = await run.with(Audit, {});
    await app.get(GreenNotifications).stop();
    const [instance] = app.get(GreenNotifications).instances;
    const keeper = new SettingsKeeper(
      instance!,
      {
        transport: 'webhook',
        publicUrl: URL_OF_ROUTE,
        token: SECRET,
        accepts: () => false,
        handled: [],
      },
      { recheckMs: 5, longestMs: 5 },
    );
    await keeper.apply(new AbortController().signal);
    expect(run.logs.having('WARN', 'not taken effect')).toHaveLength(1);
  });
});
