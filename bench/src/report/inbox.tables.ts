import { WORK_NAMES, type WorkName } from '../inbox/handler.plans.js';
import type { BenchResult } from '../run.bench.js';
import { LATENCY_NAMES, type LatencyName } from '../sections/inbox/inbox.latency.js';
import type { InboxResult } from '../sections/inbox/inbox.section.js';
import {
  type CompletedFigures,
  TEAM_NAMES,
  type TeamName,
} from '../sections/inbox/inbox.throughput.js';
import { figure, range, TEAM_LABELS } from './labels.js';
import type { Table } from './table.js';

/** What the inbox is meant to reach on two cores. */
const GOALS = {
  storedPerSecond: 10_000,
  completedPerSecond: 5000,
  latencyP50Ms: 10,
  takeoverMs: 5000,
};

export function inboxTables({ inbox }: BenchResult): readonly Table[] {
  if (!inbox) return [];
  return [storedTable(inbox), ...completedTables(inbox), latencyTable(inbox), ...takeover(inbox)];
}

function storedTable({ stored, chats, skipped }: InboxResult): Table {
  const missing = skipped.length > 0 ? ` Skipped: ${skipped.join('; ')}.` : '';
  return {
    section: 'inbox',
    title: `Inbox: stored, for ${figure(chats)} chats at once`,
    note: `The goal is ${figure(GOALS.storedPerSecond)} a second. CPU: of our processes, without the server.${missing}`,
    columns: ['queue', 'per second', 'min … max', 'of the goal', 'CPU µs each'],
    rows: TEAM_NAMES.flatMap((team) => {
      const figures = stored[team];
      if (!figures) return [];
      const { perSecond, perSecondSpread, cpuMicros } = figures;
      const ofGoal = figure(perSecond / GOALS.storedPerSecond);
      return [
        [TEAM_LABELS[team], figure(perSecond), range(perSecondSpread), ofGoal, figure(cpuMicros)],
      ];
    }),
  };
}

const WORK_TITLES: Readonly<Record<WorkName, string>> = {
  instant: 'handlers that take no time',
  tenMs: 'handlers of 10 ms, 200 at once in each process',
  failing: 'handlers of 10 ms, 200 at once, one message of each chat fails once',
};

function completedTables({ completed, chats, messagesPerChat }: InboxResult): readonly Table[] {
  return WORK_NAMES.flatMap((work) => {
    const teams = completed[work];
    if (!teams) return [];
    return [
      {
        section: 'inbox' as const,
        title: `Inbox: handled, ${WORK_TITLES[work]}`,
        note: `${figure(chats)} chats with ${messagesPerChat} messages each. The goal is ${figure(GOALS.completedPerSecond)} a second.`,
        columns: [
          'queue',
          'per second',
          'min … max',
          'of the goal',
          'CPU µs each',
          'chats out of order',
          'lost',
          'repeated',
        ],
        rows: TEAM_NAMES.flatMap((team) => {
          const figures = teams[team];
          return figures ? [completedRow(team, figures)] : [];
        }),
      },
    ];
  });
}

function completedRow(team: TeamName, figures: CompletedFigures): readonly string[] {
  const { perSecond, perSecondSpread, cpuMicros, chatsOutOfOrder, lost, repeated } = figures;
  return [
    TEAM_LABELS[team],
    figure(perSecond),
    range(perSecondSpread),
    figure(perSecond / GOALS.completedPerSecond),
    figure(cpuMicros),
    figure(chatsOutOfOrder),
    figure(lost),
    figure(repeated),
  ];
}

const LATENCY_LABELS: Readonly<Record<LatencyName, string>> = {
  pglite: 'on PGlite',
  postgres: 'on PostgreSQL, stored and handled by one process',
  postgresOther: 'on PostgreSQL, stored by one process and handled by another',
};

function latencyTable({ latency }: InboxResult): Table {
  return {
    section: 'inbox',
    title: 'Inbox: from the arrival until the handler runs, when idle',
    note: `The goal is a p50 of less than ${GOALS.latencyP50Ms} ms.`,
    columns: ['inbox', 'p50 ms', 'p99 ms', 'notifications'],
    rows: LATENCY_NAMES.flatMap((name) => {
      const figures = latency[name];
      if (!figures) return [];
      const { p50Ms, p99Ms, notifications } = figures;
      return [[LATENCY_LABELS[name], figure(p50Ms), figure(p99Ms), figure(notifications)]];
    }),
  };
}

function takeover({ takeover: measured }: InboxResult): readonly Table[] {
  if (!measured) return [];
  const { medianMs, spreadMs, kills } = measured;
  return [
    {
      section: 'inbox',
      title: 'Inbox: from SIGKILL of a process until another one handles its message',
      note: `The goal is less than ${figure(GOALS.takeoverMs)} ms. The lease is 3,000 ms, the default.`,
      columns: ['inbox', 'ms', 'min … max', 'kills'],
      rows: [['on PostgreSQL', figure(medianMs), range(spreadMs), figure(kills)]],
    },
  ];
}
