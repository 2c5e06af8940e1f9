import {
  type Emulator,
  ManualClock,
  proxyPage,
  startEmulator,
} from '@green-notifications/emulator';
import {
  GreenNotifications,
  type GreenNotificationsModuleOptions,
  GreenNotificationsModule,
  OnNotification,
} from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { type INestApplication, Injectable, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { CANARY_TOKEN } from '../support/canary.js';
import { HostModule } from './host.module.js';
import { SettingsKeeper } from '../../packages/nestjs/src/settings/settings.keeper.js';
import { RecordingLogger } from '../support/recording.logger.js';

const URL_OF_ROUTE = 'https://bots.example.com/green-api/webhook?secret=1';
const OTHER_URL = 'https://elsewhere.example.com/hook';
const SECRET = `webhook-${CANARY_TOKEN}`;

@Injectable()
class Inbox {
  @OnNotification('incomingMessageReceived')
  onMessage() {}

  @OnNotification('incomingMessageReceived', { typeMessage: 'editedMessage' })
  onEdit() {}

  @OnNotification('outgoingMessageStatus')
  onStatus() {}
}

@Injectable()
class StateOfAnother {
  @OnNotification('incomingMessageReceived')
  onMessage() {}

  @OnNotification('stateInstanceChanged', { instance: 'another' })
  onState() {}
}

@Injectable()
class Audit {
  @OnNotification('*')
  onAny() {}
}

type Settings = Parameters<ReturnType<Emulator['instance']>['applySettings']>[0];

class Run implements AsyncDisposable {
  readonly logs = new RecordingLogger();
  private app: INestApplication | undefined;

  private constructor(readonly emulator: Emulator) {}

  static async start(settings: Settings = {}, options: object = {}): Promise<Run> {
    return new Run(
      await startEmulator({
        instances: [
          { idInstance: 1101000001, apiTokenInstance: CANARY_TOKEN, settings },
          { idInstance: 1101000002, apiTokenInstance: CANARY_TOKEN, settings },
        ],
        webhook: { retryPauseMs: 86_400_000 },
        ...options,
      }),
    );
  }

  get instance() {
    return this.emulator.instance(1101000001);
  }

  async with(
    handler: Type<unknown>,
    options: Omit<Partial<GreenNotificationsModuleOptions>, 'instances'>,
    more: readonly { readonly idInstance: number; readonly name: string }[] = [],
  ): Promise<INestApplication> {
    const account = { apiTokenInstance: CANARY_TOKEN, apiUrl: this.emulator.url };
    this.app = await NestFactory.create(
      {
        module: HostModule,
        imports: [
          GreenNotificationsModule.forRoot({
            ...options,
            instances: [{ idInstance: 1101000001 }, ...more].map((one) => ({ ...one, ...account })),
          }),
        ],
        providers: [handler],
      },
      { logger: this.logs, abortOnError: false },
    );
    return this.app.init();
  }

  settingsCalls(): string[] {
    return this.instance.requests.records
      .map(({ method }) => method)
      .filter((method) => /settings|state/i.test(method));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app?.close();
    await this.emulator.close();
    if (this.logs.lines.some((line) => line.includes(CANARY_TOKEN))) {
      throw new Error('A token was logged');
    }
  }
}

describe('the settings of an instance', () => {
  it('are neither read nor changed unasked', async () => {
    await using run = await Run.start({ webhookUrl: OTHER_URL });
    const app = await run.with(Inbox, {});
    await run.instance.waitForRequest({ method: 'receiveNotification' });
    await app.close();
    expect(run.settingsCalls()).toEqual([]);
    expect(run.instance.settings.webhookUrl).toBe(OTHER_URL);
  });

  it('that fit are said to', async () => {
    await using run = await Run.start({ incomingWebhook: 'yes' });
    await run.with(Audit, { settings: 'check' });
    await run.logs.until('LOG', 'settings of instance 1101000001 fit');
    expect(run.settingsCalls()).toEqual(['getSettings']);
  });

  it('are told apart where they do not fit polling, and left as they are', async () => {
    await using run = await Run.start({ webhookUrl: OTHER_URL, incomingWebhook: 'yes' });
    await run.with(Inbox, { settings: 'check' });
    await run.logs.until('WARN', 'do not fit');
    const lines = run.logs.having('WARN', 'do not fit');
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

  it('are told apart where they do not fit the webhook, without the secrets', async () => {
    await using run = await Run.start({ webhookUrl: OTHER_URL, webhookUrlToken: 'other' });
    await run.with(Audit, {
      transport: 'webhook',
      webhook: { token: SECRET, publicUrl: URL_OF_ROUTE },
      settings: 'check',
    });
    await run.logs.until('WARN', 'do not fit');
    const lines = run.logs.having('WARN', 'do not fit').join('\n');
    expect(lines).toContain(`webhookUrl is ${OTHER_URL}, but webhook.publicUrl is https://bots`);
    expect(lines).toContain('webhookUrlToken is none of webhook.token');
    expect(lines).toContain('every kind of notification is switched off');
    expect(lines).not.toContain('secret=1');
  });

  it('are applied: webhook, token and the switches of the handlers, and nothing else', async () => {
    await using run = await Run.start({ stateWebhook: 'no', keepOnlineStatus: 'yes' });
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

  it('let through what a handler of that very instance asks for', async () => {
    await using run = await Run.start({ stateWebhook: 'no', incomingWebhook: 'no' });
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

  it('are applied the other way: polling clears webhook and token', async () => {
    await using run = await Run.start({
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
    await using run = await Run.start({
      webhookUrl: URL_OF_ROUTE,
      webhookUrlToken: 'old',
      incomingWebhook: 'yes',
    });
    await run.with(Audit, {
      transport: 'webhook',
      webhook: { token: [SECRET, 'old'], publicUrl: URL_OF_ROUTE },
      settings: 'apply',
    });
    await run.logs.until('LOG', 'settings of instance 1101000001 fit');
    expect(run.settingsCalls()).toEqual(['getSettings']);
  });

  it('neither delay the start nor make it fail when GREEN-API does not answer well', async () => {
    await using run = await Run.start();
    run.emulator.faults.next({ method: 'getSettings', times: Infinity }, proxyPage(502));
    const app = await run.with(Inbox, { settings: 'apply' });
    await run.instance.waitForRequest({ method: 'getSettings', status: 502 });
    expect(app.get(GreenNotifications).instances).toHaveLength(1);
  });

  it('are given up on with one line when the token is wrong', async () => {
    await using run = await Run.start();
    run.emulator.faults.next({ method: 'getSettings', times: Infinity }, proxyPage(403));
    await run.with(Inbox, { settings: 'check' });
    await run.logs.until('WARN', 'could not be looked at');
    expect(run.settingsCalls()).toEqual(['getSettings']);
  });

  it('cannot be applied for a webhook of which nobody knows the address', async () => {
    await using run = await Run.start();
    const app = run.with(Inbox, {
      transport: 'webhook',
      webhook: { token: SECRET },
      settings: 'apply',
    });
    await expect(app).rejects.toThrow(/webhook\.publicUrl/);
  });
});

describe('changed settings', () => {
  it('are waited for until GREEN-API has restarted the instance', async () => {
    const clock = new ManualClock();
    await using run = await Run.start({}, { clock, settingsDelayMs: 300_000, rateLimits: false });
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
    expect(run.logs.having('LOG', 'are in force')).toEqual([]);
    await clock.advance(300_000);
    await applied;
    expect(run.instance.settings.stateWebhook).toBe('yes');
    expect(run.logs.having('LOG', 'are in force')).toHaveLength(1);
    expect(run.logs.having('LOG', 'settings of instance 1101000001 fit')).toHaveLength(1);
  });

  it('that never come into force are told of, and nothing fails', async () => {
    const clock = new ManualClock();
    await using run = await Run.start({}, { clock, settingsDelayMs: 300_000, rateLimits: false });
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
    expect(run.logs.having('WARN', 'not in force')).toHaveLength(1);
  });
});
