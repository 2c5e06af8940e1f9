import { existsSync, readFileSync } from 'node:fs';

import { answerParent } from '../processes/answer-parent.js';
import { heldBytes } from '../processes/held-bytes.js';
import type { Handle, ReceivingOptions } from './contestant.js';
import { type ContestantName, CONTESTANTS } from './contestants.js';
import { FailingHandler, type FailurePlan, type HandlerRecord } from './failing.handler.js';
import { sinceArrivalMs } from './latency.js';

const DEAD_LETTERS = 'green-notifications.dead-letters.jsonl';

const { startReceiving } = await CONTESTANTS[process.argv[2] as ContestantName]();
let handled = 0;
let latenciesMs: number[] | undefined;
let failing: FailingHandler | undefined;
let unhandledRejections = 0;

const count: Handle = ({ idMessage }) => {
  handled += 1;
  if (latenciesMs && idMessage !== undefined) latenciesMs.push(sinceArrivalMs(idMessage));
};

const commands = {
  start(options: Omit<ReceivingOptions, 'handle'>) {
    return startReceiving({ ...options, handle: count });
  },
  startFailing({ plan, ...options }: Omit<ReceivingOptions, 'handle'> & { plan: FailurePlan }) {
    // Without this, Node would end the process at the first one.
    process.on('unhandledRejection', () => {
      unhandledRejections += 1;
    });
    failing = new FailingHandler(plan);
    return startReceiving({ ...options, handle: failing.handle });
  },
  /** CPU time of all threads so far, and what was handled with it. */
  usage(): { cpuMicros: number; handled: number } {
    const { user, system } = process.cpuUsage();
    return { cpuMicros: user + system, handled };
  },
  memory(): Promise<{ heldBytes: number; residentBytes: number }> {
    return heldBytes();
  },
  /** The latencies since the last call. */
  latencies(): readonly number[] {
    const measured = latenciesMs ?? [];
    latenciesMs = [];
    return measured;
  },
  /** What the failing handler did, and the text of what was stored as a dead letter. */
  failures(): {
    records: readonly HandlerRecord[];
    deadLetters: string;
    unhandledRejections: number;
  } {
    const deadLetters = existsSync(DEAD_LETTERS) ? readFileSync(DEAD_LETTERS, 'utf8') : '';
    return { records: failing?.records ?? [], deadLetters, unhandledRejections };
  },
};

export type ContestantCommands = typeof commands;

answerParent(commands);
