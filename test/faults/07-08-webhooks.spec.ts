import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { PLATFORMS } from '../webhook/webhook.harness.js';
import { NOTHING_LOST } from './support/delivery.oracle.js';
import { hostileJson, hostileNotification, jsonText } from './support/hostile.json.js';
import { startWebhooks } from './support/webhook.scene.js';

describe.each(PLATFORMS)('bodies of webhooks on %s', (platform) => {
  it('7. W: objects that are no notification are parked, unknown kinds are handled, the queue goes on', async () => {
    await using scene = await startWebhooks(platform);
    await scene.run();
    const { instance } = scene.harness;
    for (const body of ['{}', '{"typeWebhook":7}', '{"body":{"typeWebhook":"x"}}']) {
      instance.publish(body);
    }
    instance.publish(instance.build.notification('kindOfNextYear'));
    scene.publish(['after']);
    await instance.drained();
    expect(scene.verdict).toEqual(NOTHING_LOST);
    expect(await scene.letters.list()).toHaveLength(3);
    expect(scene.record.runs).toHaveLength(2);
  });

  it('8. W: fuzzed bodies and headers crash nothing, pollute nothing, and are refused or answered', async () => {
    await using scene = await startWebhooks(platform);
    const { url } = await scene.run();
    const requests = fc.sample(
      fc.record({
        body: fc.oneof(
          hostileNotification,
          hostileJson.map(jsonText),
          fc.string({ unit: 'binary' }),
        ),
        headers: fc.dictionary(
          fc.constantFrom('x-forwarded-for', 'content-type', 'x-strange', 'accept', 'cookie'),
          fc.stringMatching(/^[ -~]{0,40}$/),
        ),
      }),
      { seed: 20_261, numRuns: 150 },
    );
    const before = Object.getOwnPropertyNames(Object.prototype);
    const statuses = new Set<number>();
    for (const { body, headers } of requests) {
      statuses.add((await scene.harness.post(url, body, { headers })).status);
    }
    expect(statuses).toEqual(new Set([200]));
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    scene.publish(['after']);
    await scene.harness.instance.drained();
    expect(scene.record.texts().at(-1)).toBe('after');
  });
});
