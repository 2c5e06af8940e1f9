import { describe, expect, it } from '@jest/globals';
import { FastifyAdapter } from '@nestjs/platform-fastify';

import { CountingInbox, withMiddleware } from './support/application-in-the-way.js';
import { PLATFORMS, WebhookHarness } from './webhook.harness.js';

describe.each(PLATFORMS)('the gate on %s', (platform) => {
  it('refuses a webhook before any middleware sees it', async () => {
    let seen = 0;
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(
      withMiddleware((_request, _response, next) => {
        seen += 1;
        next();
      }),
    );
    const headers = { authorization: 'Bearer wrong' };
    expect((await harness.post(url, harness.text(), { headers })).status).toBe(401);
    expect(seen).toBe(0);
    expect((await harness.post(url, harness.text())).status).toBe(200);
    expect(seen).toBe(1);
  });
});

describe('the gate on Fastify', () => {
  async function statuses(adapter: FastifyAdapter): Promise<number[]> {
    await using harness = await WebhookHarness.start('fastify');
    const { url } = await harness.run({ providers: [CountingInbox] }, { adapter });
    const headers = { authorization: 'Bearer wrong' };
    const forged = await harness.post(url, harness.text(), { headers });
    return [forged.status, (await harness.post(url, harness.text())).status];
  }

  it('works without middleware', async () => {
    expect(await statuses(new FastifyAdapter({ skipMiddie: true }))).toEqual([401, 200]);
  });

  it('works beside a hook of the application', async () => {
    let seen = 0;
    const adapter = new FastifyAdapter();
    adapter.setOnRequestHook((_request, _reply, done) => {
      seen += 1;
      done();
    });
    expect(await statuses(adapter)).toEqual([401, 200]);
    expect(seen).toBe(2);
  });
});
