import { proxyPage } from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';

import {
  Audit,
  Inbox,
  OTHER_URL,
  SECRET,
  SettingsHarness,
  URL_OF_ROUTE,
} from '../support/settings.harness.js';

describe("the settings of an instance, with settings: 'check'", () => {
  it('are logged as fitting', async () => {
    await using run = await SettingsHarness.start({ incomingWebhook: 'yes' });
    await run.with(Audit, { settings: 'check' });
    await run.logs.until('LOG', 'settings of instance 1101000001 match');
    expect(run.settingsCalls()).toEqual(['getSettings']);
  });

  it('are logged one by one where they do not fit polling, and left as they are', async () => {
    await using run = await SettingsHarness.start({
      webhookUrl: OTHER_URL,
      incomingWebhook: 'yes',
    });
    await run.with(Inbox, { settings: 'check' });
    await run.logs.until('WARN', 'do not match');
    const lines = run.logs.having('WARN', 'do not match');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain(`webhookUrl is set to ${OTHER_URL}`);
    expect(lines[1]).toContain(
      'editedMessageWebhook is off, but there is a handler for editedMessage',
    );
    expect(lines[2]).toContain(
      'outgoingWebhook is off, but there is a handler for outgoingMessageStatus',
    );
    expect(run.instance.settings.webhookUrl).toBe(OTHER_URL);
  });

  it('are logged without secrets where they do not fit the webhook', async () => {
    await using run = await SettingsHarness.start({
      webhookUrl: OTHER_URL,
      webhookUrlToken: 'other',
    });
    await run.with(Audit, {
      transport: 'webhook',
      webhook: { token: SECRET, publicUrl: URL_OF_ROUTE },
      settings: 'check',
    });
    await run.logs.until('WARN', 'do not match');
    const lines = run.logs.having('WARN', 'do not match').join('\n');
    expect(lines).toContain(`webhookUrl is ${OTHER_URL}, but webhook.publicUrl is https://bots`);
    expect(lines).toContain('webhookUrlToken is not in webhook.token');
    expect(lines).toContain('every kind of notification is switched off');
    expect(lines).not.toContain('secret=1');
  });

  it('are not read again, and a warning is logged, when the token is wrong', async () => {
    await using run = await SettingsHarness.start();
    run.emulator.faults.next({ method: 'getSettings', times: Infinity }, proxyPage(403));
    await run.with(Inbox, { settings: 'check' });
    await run.logs.until('WARN', 'Could not read or change');
    expect(run.settingsCalls()).toEqual(['getSettings']);
  });
});

describe('the settings of an instance, without the option', () => {
  it('are neither read nor changed', async () => {
    await using run = await SettingsHarness.start({ webhookUrl: OTHER_URL });
    const app = await run.with(Inbox, {});
    await run.instance.waitForRequest({ method: 'receiveNotification' });
    await app.close();
    expect(run.settingsCalls()).toEqual([]);
    expect(run.instance.settings.webhookUrl).toBe(OTHER_URL);
  });
});
