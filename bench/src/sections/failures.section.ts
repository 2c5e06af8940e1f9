import { setTimeout as delay } from 'node:timers/promises';

import type { ContestantName } from '../contestants/contestants.js';
import type { GatewayChild } from './polled.contestant.js';
import { type FailureFigures, judge } from './failure.verdict.js';
import { PolledContestant, startGateway } from './polled.contestant.js';
import type { Surroundings } from './section.js';

export type FailuresResult = {
  readonly [Case in FailureCase]: FailureFigures & {
    /** Errors of handlers that nobody caught. By default, Node ends the process at the first one. */
    readonly uncaught: number;
  };
};

const CASES = {
  ours: { name: 'ours', isAsync: true },
  officialReceiverSync: { name: 'officialReceiver', isAsync: false },
  officialReceiverAsync: { name: 'officialReceiver', isAsync: true },
  officialLoop: { name: 'officialLoop', isAsync: true },
  officialV2Loop: { name: 'officialV2Loop', isAsync: true },
} as const satisfies Record<string, { name: ContestantName; isAsync: boolean }>;

export type FailureCase = keyof typeof CASES;

/** Of twenty texts, the handler fails twice for the fifth, and always for the tenth. */
const TEXTS = 20;
const PLAN = { failsTwice: 5, failsAlways: 10 };
const LOOK_EVERY_MS = 100;

/** What becomes of messages when a handler fails. */
export async function measureFailures(surroundings: Surroundings): Promise<FailuresResult> {
  surroundings.progress('failures: handlers that fail');
  const gateway = await startGateway(surroundings.children);
  const entries = await Promise.all(
    Object.keys(CASES).map(async (name) => [
      name,
      await measure(name as FailureCase, gateway, surroundings),
    ]),
  );
  surroundings.children.end(gateway);
  return Object.fromEntries(entries) as FailuresResult;
}

async function measure(
  failureCase: FailureCase,
  gateway: GatewayChild,
  { children, scale }: Surroundings,
) {
  const { name, isAsync } = CASES[failureCase];
  const { child, group } = await PolledContestant.start(children, gateway, name, {
    instances: 1,
    roundTripMs: 0,
    traffic: 'texts',
    keepsLedger: true,
    plan: { ...PLAN, isAsync },
  });
  await gateway.ask('add', { group, count: TEXTS });
  const untilMs = performance.now() + scale.failures.forMs;
  while (
    performance.now() < untilMs &&
    (await gateway.ask('ledger', group)).some(({ isDeleted }) => !isDeleted)
  ) {
    await delay(LOOK_EVERY_MS);
  }
  const ledger = await gateway.ask('ledger', group);
  const { records, deadLetters, unhandledRejections } = await child.ask('failures');
  children.end(child);
  return { ...judge(ledger, records, deadLetters), uncaught: unhandledRejections };
}
