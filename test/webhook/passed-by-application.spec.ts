import { describe, expect, it } from '@jest/globals';

import { Deferred } from '../support/deferred.js';
import {
  GUARDED,
  hangUpOnce,
  type Middleware,
  Public,
  refusalsOf,
} from './support/application-in-the-way.js';
import { SlowInbox } from './support/inboxes.js';
import { PLATFORMS, WebhookHarness } from './webhook.harness.js';

describe.each(PLATFORMS)('a webhook that the application leaves alone on %s', (platform) => {
  it('is not reported: handled, refused by the gate, or let through by a decorator', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(GUARDED, { webhook: { decorators: [Public()] } });
    const refusals = refusalsOf(app);
    const forged = { authorization: 'Bearer wrong' };
    expect((await harness.post(url, harness.text())).status).toBe(200);
    expect((await harness.post(url, harness.text(), { headers: forged })).status).toBe(401);
    await app.close();
    expect(harness.logs.having('ERROR', '')).toEqual([]);
    expect(refusals).toEqual([]);
  });

  it('is not reported when its sender hangs up on a handler', async () => {
    const hungUp = new Deferred();
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run(
      { providers: [SlowInbox] },
      {
        host: (created) =>
          created.use(((_request, response, next) => {
            response.once('close', () => hungUp.resolve());
            next();
          }) satisfies Middleware),
      },
    );
    const inbox = app.get(SlowInbox);
    await hangUpOnce(inbox.begun.promise, url, harness.text());
    await hungUp.promise;
    inbox.work.resolve();
    await app.close();
    expect(harness.logs.having('ERROR', '')).toEqual([]);
  });
});
