import { OnNotification } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { PLATFORMS, WebhookHarness } from './webhook.harness.js';

const GREEN_API = '158.160.49.84';

@Injectable()
class Inbox {
  @OnNotification('*')
  on() {}
}

describe.each(PLATFORMS)('the address of a webhook on %s', (platform) => {
  it.each([
    ['any address, without a list', {}, '', 200],
    ['an address in the list', { allowedAddresses: ['127.0.0.1'] }, '', 200],
    ['an address in a network', { allowedAddresses: ['127.0.0.0/8'] }, '', 200],
    ['an address that is not listed', { allowedAddresses: [GREEN_API] }, '', 403],
    ['a forged header without a proxy', { allowedAddresses: [GREEN_API] }, GREEN_API, 403],
    [
      'what a trusted proxy says',
      { allowedAddresses: [GREEN_API], trustedProxies: ['127.0.0.0/8'] },
      GREEN_API,
      200,
    ],
    [
      'a mapped address',
      { allowedAddresses: [GREEN_API], trustedProxies: ['127.0.0.0/8'] },
      `::ffff:${GREEN_API}`,
      200,
    ],
    [
      'a stranger that puts a good address in front of its own',
      { allowedAddresses: [GREEN_API], trustedProxies: ['127.0.0.0/8'] },
      `${GREEN_API}, 203.0.113.9`,
      403,
    ],
    [
      'two proxies, of which one is not trusted',
      { allowedAddresses: [GREEN_API], trustedProxies: ['127.0.0.0/8'] },
      `${GREEN_API}, 10.0.0.7`,
      403,
    ],
    [
      'two proxies that are both trusted',
      { allowedAddresses: [GREEN_API], trustedProxies: ['127.0.0.0/8', '10.0.0.0/8'] },
      `203.0.113.9, ${GREEN_API}, 10.0.0.7`,
      200,
    ],
    [
      'more proxies than anybody has, which are all trusted',
      { allowedAddresses: [GREEN_API], trustedProxies: ['127.0.0.0/8', '10.0.0.0/8'] },
      [GREEN_API, ...Array.from({ length: 1000 }, () => '10.0.0.7')].join(', '),
      403,
    ],
    [
      'a proxy that says nonsense',
      { allowedAddresses: [GREEN_API], trustedProxies: ['127.0.0.0/8'] },
      `${GREEN_API}, unknown`,
      403,
    ],
    [
      'the proxy itself',
      { allowedAddresses: [GREEN_API], trustedProxies: ['127.0.0.0/8'] },
      '',
      403,
    ],
  ])('decides on %s', async (_name, webhook, forwardedFor, status) => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run({ providers: [Inbox] }, { webhook });
    const headers = forwardedFor === '' ? {} : { 'x-forwarded-for': forwardedFor };
    expect((await harness.post(url, harness.text(), { headers })).status).toBe(status);
  });

  it('reads several X-Forwarded-For headers in their order', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(
      { providers: [Inbox] },
      { webhook: { allowedAddresses: [GREEN_API], trustedProxies: ['127.0.0.1'] } },
    );
    const headers = { 'x-forwarded-for': [GREEN_API, '203.0.113.9'] };
    expect((await harness.post(url, harness.text(), { headers })).status).toBe(403);
  });

  it('does not start with a list that holds something else', async () => {
    await using harness = await WebhookHarness.start(platform);
    for (const entry of ['example.com', '10.0.0.0/33', '10.0.0', '1.2.3.4/8/9', '']) {
      const run = harness.run({}, { webhook: { allowedAddresses: [entry] } });
      await expect(run).rejects.toThrow(/webhook\.allowedAddresses/);
    }
  });
});
