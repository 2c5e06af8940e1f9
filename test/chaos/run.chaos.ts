import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { startEmulator } from '@green-notifications/emulator';

import { judge } from '../faults/support/delivery.oracle.js';
import { TcpFaultProxy } from '../faults/support/tcp-fault.proxy.js';
import { lettersInFile } from '../faults/support/witnessed.letters.js';
import { CANARY_TOKEN } from '../support/canary.js';
import { ChaosApp, chaosInstances, isPolled, WEBHOOK_TOKEN } from './chaos.app.js';
import { QueueDropping } from './chaos.dropping.js';
import { planFaults } from './chaos.faults.js';
import { IDEAS } from './chaos.ideas.js';
import { chaosHandlers, chaosInbox } from './chaos.inbox.js';
import { ChaosLifecycle } from './chaos.lifecycle.js';
import type { ChaosOptions } from './chaos.options.js';
import { ChaosRecord } from './chaos.record.js';
import type { ChaosReport } from './chaos.report.js';
import { ChaosTraffic } from './chaos.traffic.js';
import { seededRandom } from './seeded.random.js';
import { openStore } from './chaos.stores.js';
import { UnhandledErrors } from './unhandled.errors.js';

const RESTARTS = 6;
/** Between two restarts. */
const DISTURBANCES = 3;
const TICK_MS = 100;
/** Longer than any back-off or time-out in here. */
const STUCK_MS = 90_000;

/** Issues notifications while everything fails now and then, until none is queued any more, and judges. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, count, instances, ideas = IDEAS, overlap = 'auto', inbox } = options;
  const random = seededRandom(seed);
  const ids = Array.from({ length: instances }, (_, index) => 1101000001 + index);
  const folder = await mkdtemp(join(tmpdir(), 'chaos-'));
  const lettersFile = join(folder, 'letters.jsonl');
  const record = new ChaosRecord();
  const unhandled = new UnhandledErrors();
  let tokensPrinted = 0;
  const log = (line: string) => {
    if (line.includes(CANARY_TOKEN)) tokensPrinted += 1;
  };
  const startedAt = performance.now();

  await using store = inbox && (await openStore(inbox, folder));
  await using emulator = await startEmulator({
    instances: ids.map((idInstance) => ({ idInstance, apiTokenInstance: CANARY_TOKEN })),
    webhook: { retryPauseMs: 50, pacingMs: 0, answerTimeoutMs: 5000 },
  });
  await using polls = await TcpFaultProxy.start(emulator.url);
  const dropping = new QueueDropping(emulator);
  const app = new ChaosApp({
    instances: chaosInstances(ids, polls.url),
    inbox: chaosInbox({ record, dropping, seed, ideas }),
    lettersFile,
    store,
    overlap,
    log,
  });
  await app.start();
  await using posts = await TcpFaultProxy.start(app.webhookUrl);
  const webhookUrl = posts.url + new URL(app.webhookUrl).pathname;
  for (const [index, idInstance] of ids.entries()) {
    const settings = { webhookUrl, webhookUrlToken: WEBHOOK_TOKEN };
    if (!isPolled(index)) emulator.instance(idInstance).applySettings(settings);
  }
  const faultsFired = planFaults({ emulator, polls, posts }, random, count);
  const lifecycle = new ChaosLifecycle(chaosInstances(ids, polls.url), seededRandom(seed + 1));

  const traffic = new ChaosTraffic(emulator, { seed, count, ideas });
  const settled = () => traffic.issued - traffic.queued;
  let turns = 0;
  let restarts = 0;
  let progressAt = performance.now();
  let lastSettled = 0;
  while (settled() < count && performance.now() - progressAt < STUCK_MS) {
    traffic.fill();
    await delay(TICK_MS);
    if (settled() > lastSettled) progressAt = performance.now();
    lastSettled = settled();
    if (settled() > ((turns + 1) * count) / ((RESTARTS + 1) * (DISTURBANCES + 1))) {
      turns += 1;
      if (turns % (DISTURBANCES + 1) === 0) {
        restarts += 1;
        await app.stop();
        record.process += 1;
        await app.start();
      } else if (ideas.includes('lifecycle')) await lifecycle.disturb(app.greenNotifications);
    }
    const faults = Object.values(faultsFired()).reduce((sum, fired) => sum + fired, 0);
    options.onProgress?.({ issued: traffic.issued, settled: settled(), faults, restarts });
  }
  if (store) await untilEmpty(app);
  await app.stop();
  const seconds = (performance.now() - startedAt) / 1000;

  const letters = store?.letters ?? (await lettersInFile(lettersFile));
  if ((await readFile(lettersFile, 'utf8').catch(() => '')).includes(CANARY_TOKEN))
    tokensPrinted += 1;
  await rm(folder, { recursive: true });
  const issued = emulator.instances.flatMap(({ ledger }) => ledger.entries);
  const handlers = Object.values(chaosHandlers({ seed, ideas }));
  const verdict = judge({ issued, runs: record.runs, letters, handlers });
  return {
    seed,
    issued: traffic.issued,
    instances,
    ideas,
    seconds,
    restarts,
    lifecycleCalls: lifecycle.calls,
    faultsFired: faultsFired(),
    dropped: issued.filter(({ state }) => state === 'expired' || state === 'cleared').length,
    deadLetters: letters.length,
    repeatedAfterRestart: record.repeatedAfterRestart,
    problems: {
      ...verdict,
      // What is stored is handled on, even if GREEN-API drops it before its DELETE arrives.
      stale: store ? [] : verdict.stale,
      tokensPrinted,
      unhandled: unhandled.close(),
      refused: lifecycle.refused,
    },
  };
}

/** Everything that was stored has come to an end. */
async function untilEmpty(app: ChaosApp): Promise<void> {
  const startedAt = performance.now();
  // What waits is counted once a second.
  for (let times = 0; times < 30; times = app.isEmpty ? times + 1 : 0) {
    if (performance.now() - startedAt > STUCK_MS) return;
    await delay(TICK_MS);
  }
}
