import { proxyPage } from '@green-notifications/emulator';
import { GreenNotifications } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import {
  Audit,
  Inbox,
  OTHER_URL,
  SECRET,
  SettingsHarness,
  StateOfAnother,
  URL_OF_ROUTE,
} from '../support/settings.harness.js';

describe("the settings of an instance, with settings: 'apply'", () => {
  it('are applied: webhook, token and the switches of the handlers, and nothing else', async () => {
    await using run = await SettingsHarness.start({ stateWebhook: 'no', keepOnlineStatus: 'yes' });
    const before = { ...run.instance.settings };
    await run.with(Inbox, {
      transport: 'webhook',
      webhook: { token: [SECRET, 'old'], publicUrl: URL_OF_ROUTE },
      settings: 'apply',
    });
    await run.logs.until('LOG', 'Changed the GREEN-API settings');
    expect(run.instance.settings).toEqual({
      ...before,
      webhookUrl: URL_OF_ROUTE,
      webhookUrlToken: SECRET,
      incomingWebhook: 'yes',
      outgoingWebhook: 'yes',
      editedMessageWebhook: 'yes',
    });
    expect(run.logs.having('LOG', 'webhookUrlToken set,')).toHaveLength(1);
  });

  it('are applied with the switches of the handlers of that very instance', async () => {
    await using run = await SettingsHarness.start({ stateWebhook: 'no', incomingWebhook: 'no' });
    await run.with(StateOfAnother, { settings: 'apply' }, [
      { idInstance: 1101000002, name: 'another' },
    ]);
    await run.logs.until('LOG', 'Changed the GREEN-API settings of instance 1101000001');
    await run.logs.until('LOG', 'Changed the GREEN-API settings of instance "another"');
    const switches = [1101000001, 1101000002].map((id) => {
      const { incomingWebhook, stateWebhook } = run.emulator.instance(id).settings;
      return { incomingWebhook, stateWebhook };
    });
    expect(switches).toEqual([
      { incomingWebhook: 'yes', stateWebhook: 'no' },
      { incomingWebhook: 'yes', stateWebhook: 'yes' },
    ]);
  });

  it('are applied for polling: webhook and token are cleared', async () => {
    await using run = await SettingsHarness.start({
      webhookUrl: OTHER_URL,
      webhookUrlToken: 'other',
      incomingWebhook: 'yes',
    });
    const before = { ...run.instance.settings };
    await run.with(Audit, { settings: 'apply' });
    await run.logs.until('LOG', 'webhookUrl cleared, webhookUrlToken cleared');
    expect(run.instance.settings).toEqual({ ...before, webhookUrl: '', webhookUrlToken: '' });
  });

  it('keep a token that is let in, so that a rotation is not undone', async () => {
    await using run = await SettingsHarness.start({
      webhookUrl: URL_OF_ROUTE,
      webhookUrlToken: 'old',
      incomingWebhook: 'yes',
    });
    await run.with(Audit, {
      transport: 'webhook',
      webhook: { token: [SECRET, 'old'], publicUrl: URL_OF_ROUTE },
      settings: 'apply',
    });
    await run.logs.until('LOG', 'settings of instance 1101000001 match');
    expect(run.settingsCalls()).toEqual(['getSettings']);
  });

  it('neither delay the start nor make it fail when GREEN-API does not answer well', async () => {
    await using run = await SettingsHarness.start();
    run.emulator.faults.next({ method: 'getSettings', times: Infinity }, proxyPage(502));
    const app = await run.with(Inbox, { settings: 'apply' });
    await run.instance.waitForRequest({ method: 'getSettings', status: 502 });
    expect(app.get(GreenNotifications).instances).toHaveLength(1);
  });

  it('cannot be applied for a webhook of which nobody knows the address', async () => {
    await using run = await SettingsHarness.start();
    const app = run.with(Inbox, {
      transport: 'webhook',
      webhook: { token: SECRET },
      settings: 'apply',
    });
    await expect(app).rejects.toThrow(/webhook\.publicUrl/);
  });
});
