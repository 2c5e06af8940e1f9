import { hangUp, sentAgainLater, sentTwice } from '@green-notifications/emulator';
import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { Deferred } from '../support/deferred.js';
import { jumpTime } from '../support/jump-time.js';
import { PLATFORMS } from '../webhook/webhook.harness.js';
import { NOTHING_LOST } from './support/delivery.oracle.js';
import { drip, halfClose, latency, reset, truncateAt } from './support/tcp-faults.js';
import { startWebhooks } from './support/webhook.scene.js';

const HOUR_MS = 60 * 60 * 1000;

describe.each(PLATFORMS)('webhooks that come again on %s', (platform) => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('1. W: are handled once when the answer is lost, however it is lost', async () => {
    await using scene = await startWebhooks(platform);
    const { proxy } = await scene.run();
    for (const fault of [reset(), truncateAt(0), truncateAt(20), halfClose()]) {
      proxy.next({ at: 'response' }, fault);
      proxy.next({ at: 'request' }, fault);
    }
    proxy.next({ at: 'connect' }, latency(5));
    proxy.next({ at: 'connect', skip: 1 }, drip(3, 1));
    scene.publish(['one', 'two', 'three', 'four', 'five']);
    await scene.harness.instance.drained();
    expect(scene.verdict).toEqual(NOTHING_LOST);
    expect(scene.record.texts()).toEqual(['one', 'two', 'three', 'four', 'five']);
  });

  it('21. the same webhook at once, soon after and 23 hours later is one run', async () => {
    await using scene = await startWebhooks(platform);
    const { faults } = scene.harness.emulator;
    faults.nextPush({}, sentTwice());
    faults.nextPush({}, sentAgainLater(30));
    const { url } = await scene.run();
    const entries = scene.publish(['one', 'two', 'three']);
    await scene.harness.instance.drained();
    await scene.harness.instance.until(() => entries[1]!.handOuts[1]?.status === 200);
    jumpTime(23 * HOUR_MS);
    expect((await scene.harness.post(url, entries[0]!.raw)).status).toBe(200);
    expect(scene.verdict).toEqual(NOTHING_LOST);
    expect(scene.record.texts()).toEqual(['one', 'two', 'three']);
  });

  it('22. a sender that hangs up while the handler runs gets 200 the next time, without another run', async () => {
    await using scene = await startWebhooks(platform);
    const finish = new Deferred();
    scene.harness.emulator.faults.nextPush({ times: 2 }, hangUp(30));
    await scene.run(({ text }) => (text === 'slow' ? finish.promise : undefined));
    const [slow] = scene.publish(['slow', 'after']);
    await scene.harness.instance.until(() => slow!.handOuts.length === 2);
    finish.resolve();
    await scene.harness.instance.drained();
    expect(scene.verdict).toEqual(NOTHING_LOST);
    expect(scene.record.texts()).toEqual(['slow', 'after']);
  });
});
