import { setTimeout as delay } from 'node:timers/promises';

import { type EmulatedInstance, startEmulator } from '@green-notifications/emulator';
import { GreenNotifications } from '@green-notifications/nestjs';

import type { DemoOptions } from './demo.options.js';
import { DEMO_TRAFFIC_CYCLE, demoTraffic } from './demo.traffic.js';
import { DEMO_INSTANCE, startDemoApp } from './start-demo-app.js';
import { DemoTally } from './demo.tally.js';
import { DemoView } from './demo.view.js';
import { describeOutcome } from './describe-outcome.js';

/** The emulator's pause after a failed push. GREEN-API itself waits a minute. */
const RESEND_AFTER_MS = 1000;
const SLOWEST_PACE_MS = 250;
const LONGEST_DRAIN_MS = 30_000;

/**
 * Starts the emulator and the sample app, and sends traffic until the time is over or `stopped`
 * fires. Then waits until everything is acknowledged. Resolves to true if no notification was lost.
 */
export async function runDemo(
  { forSeconds, transport }: DemoOptions,
  stopped: AbortSignal,
): Promise<boolean> {
  await using emulator = await startEmulator({
    instances: [
      {
        ...DEMO_INSTANCE,
        settings: { outgoingWebhook: 'yes', outgoingAPIMessageWebhook: 'yes' },
      },
    ],
    webhook: { retryPauseMs: RESEND_AFTER_MS },
  });
  const instance = emulator.instance(DEMO_INSTANCE.idInstance);
  const app = await startDemoApp(transport, emulator);
  const greenNotifications = app.get(GreenNotifications);
  const tally = new DemoTally(greenNotifications, instance);
  const view = new DemoView(() => tally.status);
  greenNotifications.outcomes$.subscribe((outcome) => view.line(describeOutcome(outcome)));

  view.line(
    `GREEN-API emulator at ${emulator.url}; the sample app receives by ${transport}; Ctrl-C stops\n`,
  );
  const over = new AbortController();
  stopped.addEventListener('abort', () => over.abort());
  const timer = forSeconds && setTimeout(() => over.abort(), forSeconds * 1000);
  await sendTraffic(instance, paceMs(forSeconds), over.signal);
  clearTimeout(timer || undefined);

  view.line(`\nThe traffic has ended; waiting for queued notifications (${instance.queueLength})`);
  await Promise.race([instance.drained(), delay(LONGEST_DRAIN_MS, undefined, { ref: false })]);
  await app.close();
  tally.close();
  view.close();
  console.log(tally.summary);
  return tally.lost === 0;
}

async function sendTraffic(
  instance: EmulatedInstance,
  everyMs: number,
  over: AbortSignal,
): Promise<void> {
  for (const notification of demoTraffic(instance.build)) {
    if (over.aborted) return;
    instance.publish(notification);
    await delay(everyMs, undefined, { signal: over }).catch(() => undefined);
  }
}

/**
 * The time between two notifications: slow enough to read, fast enough to show every kind in time.
 */
function paceMs(forSeconds: number | undefined): number {
  if (forSeconds === undefined) return SLOWEST_PACE_MS;
  return Math.min(SLOWEST_PACE_MS, (forSeconds * 1000 * 0.5) / DEMO_TRAFFIC_CYCLE);
}
