import { describe, expect, it } from '@jest/globals';

import type { InstanceSettings } from '../gateway/green-api.types.js';
import { changesFor } from './changes.js';
import { mismatchesOf } from './mismatches.js';
import { neededSwitches } from './switches.js';
import type { WantedSettings } from './wanted-settings.js';

const URL_OF_ROUTE = 'https://bots.example.com/green-api/webhook';

const handlerOf = (kinds: string[], typeMessages: string[] = []) => ({
  kinds,
  typeMessages,
  instances: undefined,
});

const POLLING: WantedSettings = {
  transport: 'polling',
  publicUrl: undefined,
  token: 'secret',
  accepts: (token) => token === 'secret',
  handled: [],
};
const WEBHOOK: WantedSettings = { ...POLLING, transport: 'webhook', publicUrl: URL_OF_ROUTE };
const SET: InstanceSettings = { webhookUrl: URL_OF_ROUTE, webhookUrlToken: 'secret' };

describe('neededSwitches', () => {
  it.each([
    [['incomingMessageReceived'], [], ['incomingWebhook']],
    [['incomingMessageReceived'], ['editedMessage'], ['incomingWebhook', 'editedMessageWebhook']],
    [['outgoingMessageReceived'], ['textMessage'], ['outgoingMessageWebhook']],
    [['incomingCall'], [], ['incomingWebhook', 'incomingCallWebhook']],
    [['*'], ['pollUpdateMessage'], ['pollMessageWebhook']],
    [['*', 'unknown', 'quotaExceeded', 'toString'], ['constructor'], []],
  ])('of a handler for %p with typeMessages %p are %p', (kinds, typeMessages, switches) => {
    expect([...neededSwitches([handlerOf(kinds, typeMessages)]).keys()]).toEqual(switches);
  });
});

describe('mismatchesOf', () => {
  it.each([
    ['nothing set, polling', {}, POLLING, []],
    ['a webhook, polling', SET, POLLING, [/cannot be polled/]],
    ['the webhook', SET, WEBHOOK, []],
    ['no webhook', {}, WEBHOOK, [/webhookUrl is empty/]],
    [
      'another webhook',
      { ...SET, webhookUrl: 'https://x.example/' },
      WEBHOOK,
      [/but webhook.publicUrl/],
    ],
    ['a webhook without publicUrl', SET, { ...WEBHOOK, publicUrl: undefined }, []],
    ['another token', { ...SET, webhookUrlToken: 'x' }, WEBHOOK, [/not in webhook.token/]],
    ['no token', { webhookUrl: URL_OF_ROUTE }, WEBHOOK, [/webhookUrlToken is empty/]],
    [
      'a kind that is off',
      { stateWebhook: 'no', incomingWebhook: 'yes' },
      { ...POLLING, handled: [handlerOf(['stateInstanceChanged'])] },
      [/stateWebhook is off/],
    ],
    [
      'a kind that the messenger does not have',
      { incomingWebhook: 'yes' },
      { ...POLLING, handled: [handlerOf(['incomingCall'])] },
      [],
    ],
    [
      'a catch-all and everything off',
      { incomingWebhook: 'no' },
      { ...POLLING, handled: [handlerOf(['*'])] },
      [/every kind of notification is switched off/],
    ],
  ] as [string, InstanceSettings, WantedSettings, RegExp[]][])(
    'with %s',
    (_name, settings, wanted, expected) => {
      const found = mismatchesOf(settings, wanted);
      expect(found).toHaveLength(expected.length);
      for (const [index, text] of expected.entries()) expect(found[index]).toMatch(text);
    },
  );

  it('never contain a token or a query', () => {
    const settings = { webhookUrl: 'https://u:pass@x.example/a?key=1', webhookUrlToken: 'other' };
    const text = mismatchesOf(settings, WEBHOOK).join('\n');
    expect(text).not.toMatch(/pass|key=1|other|secret/);
  });
});

describe('changesFor', () => {
  it.each([
    ['polling and nothing set', { webhookUrl: '', webhookUrlToken: '' }, POLLING, {}],
    ['polling and a webhook set', SET, POLLING, { webhookUrl: '', webhookUrlToken: '' }],
    ['a webhook that is set', SET, WEBHOOK, {}],
    ['a webhook that is not', { webhookUrl: '', webhookUrlToken: '' }, WEBHOOK, SET],
    [
      'switches',
      { webhookUrl: '', webhookUrlToken: '', incomingWebhook: 'no', stateWebhook: 'yes' },
      {
        ...POLLING,
        handled: [
          handlerOf(['incomingMessageReceived', 'stateInstanceChanged', 'deviceInfo', '*']),
        ],
      },
      { incomingWebhook: 'yes' },
    ],
  ] as [string, InstanceSettings, WantedSettings, InstanceSettings][])(
    'with %s',
    (_name, settings, wanted, expected) => {
      expect(changesFor(settings, wanted)).toEqual(expected);
    },
  );
});
