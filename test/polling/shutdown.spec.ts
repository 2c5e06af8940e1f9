import { OnNotification } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { Deferred } from '../support/deferred.js';
import { PollingHarness } from '../support/polling.harness.js';

/** A handler that the test starts to wait for and lets finish. */
function slowInbox() {
  const started = new Deferred();
  const finish = new Deferred();
  @Injectable()
  class Inbox {
    @OnNotification('*')
    async onAny() {
      started.resolve();
      await finish.promise;
    }
  }
  return { Inbox, started, finish };
}

describe('shutdown, by polling', () => {
  it('aborts an idle poll at once', async () => {
    await using harness = await PollingHarness.start();
    const app = await harness.run({}, { polling: { receiveTimeoutSeconds: 60 } });
    await harness.instance.waitForParkedPolls();
    const startedAt = performance.now();
    await app.close();
    expect(performance.now() - startedAt).toBeLessThan(2000);
    await harness.instance.until(() => harness.instance.parkedPolls === 0);
  });

  it('lets a running handler finish and acknowledges it, and receives no more', async () => {
    await using harness = await PollingHarness.start();
    const { Inbox, started, finish } = slowInbox();
    const app = await harness.run({ providers: [Inbox] });
    const { build } = harness.instance;
    const running = harness.instance.publish(build.incomingText('running'));
    const waiting = harness.instance.publish(build.incomingText('waiting'));
    await started.promise;
    const closing = app.close();
    finish.resolve();
    await closing;
    expect(running.state).toBe('deleted');
    expect(waiting.handOuts).toHaveLength(0);
  });

  it('leaves what is not finished in time with GREEN-API', async () => {
    await using harness = await PollingHarness.start();
    const { Inbox, started, finish } = slowInbox();
    const app = await harness.run({ providers: [Inbox] }, { shutdownTimeoutMs: 20 });
    const entry = harness.instance.publish(harness.instance.build.incomingText('slow'));
    await started.promise;
    await app.close();
    expect(entry.state).toBe('queued');
    expect(harness.logs.having('WARN', 'still being handled')).toHaveLength(1);
    finish.resolve();
  });

  it('does not wait for a notification that waits for its next attempt', async () => {
    await using harness = await PollingHarness.start();
    const failed = new Deferred();
    @Injectable()
    class Inbox {
      @OnNotification('*')
      onAny() {
        failed.resolve();
        throw new Error('never');
      }
    }
    const app = await harness.run(
      { providers: [Inbox] },
      { retry: { backoff: { initialMs: 3_600_000, maxMs: 3_600_000 } } },
    );
    const entry = harness.instance.publish(harness.instance.build.incomingText('bad'));
    await failed.promise;
    await app.close();
    expect(entry.state).toBe('queued');
  });
});
