import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { type EmulatedInstance, startEmulator } from '@green-notifications/emulator';
import { GreenNotifications } from '@green-notifications/nestjs';

import type { DemoOptions } from './demo.options.js';
import { DemoParallelism } from './demo.parallelism.js';
import { DemoRush } from './demo.rush.js';
import { DEMO_TRAFFIC_CYCLE, demoTraffic } from './demo.traffic.js';
import { DEMO_INSTANCE, startDemoApp } from './start-demo-app.js';
import { DemoTally } from './demo.tally.js';
import { DemoView } from './demo.view.js';
import { describeOutcome } from './describe-outcome.js';

/** The emulator's pause after a failed push. GREEN-API itself waits a minute. */
const RESEND_AFTER_MS = 1000;
const SLOWEST_PACE_MS = 250;
const LONGEST_DRAIN_MS = 30_000;
const POLL_MS = 50;

/**
 * Starts the emulator and the sample app, and sends traffic until the time is over or `stopped`
 * fires. Then waits until everything is handled and acknowledged. Resolves to true if no notification was lost.
 */
export async function runDemo(
  { forSeconds, transport, hasInbox }: DemoOptions,
  stopped: AbortSignal,
): Promise<boolean> {
  await using directory = hasInbox
    ? await mkdtempDisposable(join(tmpdir(), 'green-notifications-demo-'))
    : undefined;
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
  const app = await startDemoApp(transport, emulator, directory?.path);
  const greenNotifications = app.get(GreenNotifications);
  const tally = new DemoTally(greenNotifications, instance);
  const parallelism = hasInbox ? new DemoParallelism(greenNotifications) : undefined;
  const view = new DemoView(() => [tally.status, parallelism?.status].filter(Boolean).join(' · '));
  greenNotifications.outcomes$.subscribe((outcome) => view.line(describeOutcome(outcome)));

  view.line(
    `GREEN-API emulator at ${emulator.url}; the sample app receives by ${transport}` +
      `${hasInbox ? ' and stores in an inbox' : ''}; Ctrl-C stops\n`,
  );
  const over = new AbortController();
  stopped.addEventListener('abort', () => over.abort());
  const timer = forSeconds && setTimeout(() => over.abort(), forSeconds * 1000);
  const rush = new DemoRush(greenNotifications, instance, (line) => view.line(line));
  await Promise.all([
    sendTraffic(instance, paceMs(forSeconds), over.signal),
    hasInbox && rush.repeat(over.signal),
  ]);
  clearTimeout(timer || undefined);

  view.line(`\nThe traffic has ended; waiting for queued notifications (${tally.lost})`);
  await drain(tally);
  await app.close();
  tally.close();
  view.close();
  if (parallelism) console.log(parallelism.summary);
  console.log(tally.summary);
  return tally.lost === 0;
}

/** With an inbox, notifications are acknowledged before they are handled. */
async function drain(tally: DemoTally): Promise<void> {
  const startedAtMs = performance.now();
  while (tally.lost > 0 && performance.now() - startedAtMs < LONGEST_DRAIN_MS) await delay(POLL_MS);
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
