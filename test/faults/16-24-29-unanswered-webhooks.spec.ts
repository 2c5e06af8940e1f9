import { GreenNotifications } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import { Deferred } from '../support/deferred.js';
import { PLATFORMS } from '../webhook/webhook.harness.js';
import { NOTHING_LOST } from './support/delivery.oracle.js';
import { QUICK, startWebhooks } from './support/webhook.scene.js';

describe.each(PLATFORMS)('webhooks that cannot be handled at once on %s', (platform) => {
  it('16. what is in flight at the stop is answered with its outcome, and nothing is lost', async () => {
    await using scene = await startWebhooks(platform, 1101, 1102);
    const started = new Deferred();
    const finish = new Deferred();
    const { app } = await scene.run(async ({ text }) => {
      if (text !== 'slow') return;
      started.resolve();
      await finish.promise;
    });
    const [slow] = scene.publish(['slow', 'behind'], scene.harness.emulator.instance(1101));
    await started.promise;
    const greenNotifications = app.get(GreenNotifications);
    const stopping = greenNotifications.stop();
    const late = scene.publish(['late'], scene.harness.emulator.instance(1102))[0]!;
    await late.handedOut;
    finish.resolve();
    await slow!.deleted;
    await stopping;
    expect(slow!.handOuts.map(({ status }) => status)).toEqual([200]);
    expect(late.state).toBe('queued');
    await greenNotifications.start();
    await Promise.all(scene.harness.emulator.instances.map((instance) => instance.drained()));
    expect(scene.verdict).toEqual(NOTHING_LOST);
  });

  it('24. W: a handler that never ends is timed out, given up on, and answered 200', async () => {
    await using scene = await startWebhooks(platform);
    await scene.run(({ text }) => (text === 'hang' ? new Promise(() => undefined) : undefined), {
      handlerTimeoutMs: 20,
      retry: { attempts: 2, ...QUICK },
    });
    const [hung] = scene.publish(['hang', 'after']);
    await scene.harness.instance.drained();
    expect(scene.verdict).toEqual(NOTHING_LOST);
    expect(hung!.handOuts.map(({ status }) => status)).toEqual([500, 200]);
    expect(scene.record.texts()).toEqual(['hang', 'after']);
  });

  it('29. W: what cannot be parked is not acknowledged', async () => {
    await using scene = await startWebhooks(platform);
    let isMended = false;
    const put = scene.letters.put.bind(scene.letters);
    scene.letters.put = async (letters) => {
      if (!isMended) throw new Error('disk full');
      await put(letters);
    };
    await scene.run(
      () => {
        throw new Error('never');
      },
      { retry: { attempts: 1, ...QUICK } },
    );
    const [poison] = scene.publish(['poison']);
    await scene.harness.instance.until(() => poison!.handOuts[1]?.status === 500);
    isMended = true;
    await poison!.deleted;
    expect(scene.verdict).toEqual(NOTHING_LOST);
  });
});
