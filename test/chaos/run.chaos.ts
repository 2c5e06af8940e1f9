import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { type Emulator, notificationMix, startEmulator } from '@green-notifications/emulator';

import { judge } from '../faults/support/delivery.oracle.js';
import { TcpFaultProxy } from '../faults/support/tcp-fault.proxy.js';
import { CANARY_TOKEN } from '../support/canary.js';
import { ChaosApp, isPolled, WEBHOOK_TOKEN } from './chaos.app.js';
import { planFaults } from './chaos.faults.js';
import type { ChaosOptions } from './chaos.options.js';
import { ChaosRecord } from './chaos.record.js';
import type { ChaosReport } from './chaos.report.js';
import { seededRandom } from './seeded.random.js';
import { UnhandledErrors } from './unhandled.errors.js';

/** How many wait in one queue at the most: a backlog is another test's subject. */
const LONGEST_QUEUE = 100;
const RESTARTS = 6;
const TICK_MS = 100;
/** Longer than any back-off or time-out in here. */
const STUCK_MS = 150_000;

/** Issues notifications while everything fails now and then, until all are acknowledged, and judges. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, count } = options;
  const random = seededRandom(seed);
  const ids = Array.from({ length: options.instances }, (_, index) => 1101000001 + index);
  const folder = await mkdtemp(join(tmpdir(), 'chaos-'));
  const lettersFile = join(folder, 'letters.jsonl');
  const record = new ChaosRecord();
  const unhandled = new UnhandledErrors();
  let tokensPrinted = 0;
  const log = (line: string) => {
    if (line.includes(CANARY_TOKEN)) tokensPrinted += 1;
  };
  const startedAt = performance.now();

  await using emulator = await startEmulator({
    instances: ids.map((idInstance) => ({ idInstance, apiTokenInstance: CANARY_TOKEN })),
    webhook: { retryPauseMs: 50, pacingMs: 0, answerTimeoutMs: 5000 },
  });
  await using polls = await TcpFaultProxy.start(emulator.url);
  const app = new ChaosApp({ ids, apiUrl: polls.url, seed, record, lettersFile, log });
  await app.start();
  await using posts = await TcpFaultProxy.start(app.webhookUrl);
  const webhookUrl = posts.url + new URL(app.webhookUrl).pathname;
  for (const [index, idInstance] of ids.entries()) {
    const settings = { webhookUrl, webhookUrlToken: WEBHOOK_TOKEN };
    if (!isPolled(index)) emulator.instance(idInstance).applySettings(settings);
  }
  const faultsFired = planFaults({ emulator, polls, posts }, random, count);

  const traffic = new Traffic(emulator, ids, seed, count);
  const acknowledged = () => traffic.issued - traffic.queued;
  let restarts = 0;
  let progressAt = performance.now();
  let lastAcknowledged = 0;
  while (acknowledged() < count && performance.now() - progressAt < STUCK_MS) {
    traffic.fill();
    await delay(TICK_MS);
    if (acknowledged() > lastAcknowledged) progressAt = performance.now();
    lastAcknowledged = acknowledged();
    if (acknowledged() > ((restarts + 1) * count) / (RESTARTS + 1)) {
      restarts += 1;
      await app.stop();
      await app.start();
    }
    const faults = Object.values(faultsFired()).reduce((sum, fired) => sum + fired, 0);
    options.onProgress?.({
      issued: traffic.issued,
      acknowledged: acknowledged(),
      faults,
      restarts,
    });
  }
  await app.stop();
  const seconds = (performance.now() - startedAt) / 1000;

  const letters = await app.letters();
  if ((await readFile(lettersFile, 'utf8').catch(() => '')).includes(CANARY_TOKEN))
    tokensPrinted += 1;
  const verdict = judge({ instances: emulator.instances, runs: record.runs, letters });
  await rm(folder, { recursive: true });
  return {
    seed,
    issued: traffic.issued,
    seconds,
    restarts,
    faultsFired: faultsFired(),
    deadLetters: letters.length,
    repeatedAfterRestart: record.repeatedAfterRestart,
    problems: {
      lost: verdict.lost,
      waiting: verdict.waiting,
      overtaken: verdict.overtaken,
      repeatedInProcess: record.repeatedInProcess,
      tokensPrinted,
      unhandled: unhandled.close(),
    },
  };
}

/** Keeps the queues filled, each instance with its own traffic. */
class Traffic {
  issued = 0;
  private readonly sources;

  constructor(
    private readonly emulator: Emulator,
    ids: readonly number[],
    seed: number,
    private readonly count: number,
  ) {
    this.sources = ids.map((idInstance, index) => {
      const instance = emulator.instance(idInstance);
      return { instance, mix: notificationMix(instance.build, { seed: seed + index, chats: 5 }) };
    });
  }

  get queued(): number {
    return this.emulator.instances.reduce((sum, { queueLength }) => sum + queueLength, 0);
  }

  fill(): void {
    for (const { instance, mix } of this.sources) {
      while (instance.queueLength < LONGEST_QUEUE && this.issued < this.count) {
        instance.publish(mix.next().value!);
        this.issued += 1;
      }
    }
  }
}
