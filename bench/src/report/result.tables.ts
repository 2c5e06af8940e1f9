import { CONTESTANT_NAMES } from '../contestants/contestants.js';
import type { BenchResult } from '../run.bench.js';
import type { FailureCase } from '../sections/failures.section.js';
import type { PollingSetupResult } from '../sections/polling.section.js';
import type { PlatformResult, WebhookFigures } from '../sections/webhook.section.js';
import { inboxTables } from './inbox.tables.js';
import { FAILURE_LABELS, figure, kibibytes, LABELS, mebibytes, range } from './labels.js';
import type { Table } from './table.js';

/** Every table of the report, in the order of the sections. */
export function tablesOf(result: BenchResult): readonly Table[] {
  return [
    ...pollingTables(result),
    ...webhookTables(result),
    ...idleTables(result),
    ...memoryTables(result),
    ...startupTables(result),
    ...latencyTables(result),
    ...failureTables(result),
    ...inboxTables(result),
  ];
}

function pollingTables({ polling = {} }: BenchResult): readonly Table[] {
  return Object.values(polling).map((setup) => ({
    section: 'polling',
    title: titleOf(setup),
    note: noteOf(setup),
    columns: [
      'receiver',
      'per second',
      'min … max',
      ...(setup.roundTripMs > 0 ? [] : ['CPU µs each', 'min … max']),
      'not handled',
      'given again',
      'over the limit',
    ],
    rows: CONTESTANT_NAMES.flatMap((name) => {
      const figures = setup[name];
      if (!figures) return [];
      const { perSecond, perSecondSpread, cpuMicros, cpuMicrosSpread } = figures;
      return [
        [
          LABELS[name],
          figure(perSecond),
          range(perSecondSpread),
          ...(setup.roundTripMs > 0 ? [] : [figure(cpuMicros), range(cpuMicrosSpread)]),
          figure(figures.neverHandled),
          figure(figures.repeated),
          figure(figures.overLimit),
        ],
      ];
    }),
  }));
}

function titleOf({ instances, roundTripMs }: PollingSetupResult): string {
  const who = instances === 1 ? 'one instance' : `${instances} instances`;
  return `Polling: ${who}, round trip ${roundTripMs} ms`;
}

function noteOf(setup: PollingSetupResult): string {
  const { roundTripMs, shareOfTwoRoundTripLimit: share, cpuRatioToBareUndici: ratio } = setup;
  const limit = figure(1000 / (2 * roundTripMs));
  return share === undefined
    ? `This library needs ${figure(ratio ?? NaN)} times the CPU time of the bare loop with the same pacing.`
    : `${limit} a second is the limit if GET and DELETE each cost a round trip. This library reaches ${figure(share)} of it.`;
}

function webhookTables({ webhook }: BenchResult): readonly Table[] {
  if (!webhook) return [];
  const { instances, atGreenApiSpeed } = webhook;
  const tableOf = (title: string, servers: Omit<typeof webhook, 'instances'>): Table => ({
    section: 'webhook',
    title,
    note: `CPU time by hand, divided by CPU time of this library: Express ${ratioOf(servers.express)}, Fastify ${ratioOf(servers.fastify)}.`,
    columns: ['server', 'CPU µs each', 'min … max', 'per second', 'refused', 'not handled'],
    rows: [
      webhookRow('this library on Express', servers.express.ours),
      webhookRow('controller by hand on Express', servers.express.handWrittenController),
      webhookRow('this library on Fastify', servers.fastify.ours),
      webhookRow('controller by hand on Fastify', servers.fastify.handWrittenController),
      ...(servers.bareHttp ? [webhookRow('bare node:http', servers.bareHttp)] : []),
    ],
  });
  return [
    tableOf(`Webhook: ${instances} senders, each as fast as it is answered`, webhook),
    ...(atGreenApiSpeed
      ? [tableOf(`Webhook: ${instances} senders, each 50 a second, as GREEN-API`, atGreenApiSpeed)]
      : []),
  ];
}

function ratioOf(platform: PlatformResult): string {
  const { ratioToHandWrittenController, ratioToHandWrittenControllerSpread } = platform;
  return `${figure(ratioToHandWrittenController)} (${range(ratioToHandWrittenControllerSpread)})`;
}

function webhookRow(name: string, figures: WebhookFigures): readonly string[] {
  return [
    name,
    figure(figures.cpuMicros),
    range(figures.cpuMicrosSpread),
    figure(figures.perSecond),
    figure(figures.refused),
    figure(figures.neverHandled),
  ];
}

function idleTables({ idle }: BenchResult): readonly Table[] {
  if (!idle) return [];
  const rowsOf = (label: string, figures: typeof idle.ours) =>
    Object.entries(figures).map(([instances, each]) => [
      label,
      figure(Number(instances)),
      kibibytes(each.bytesPerInstance),
      figure(each.cpuMicrosPerEmptyPoll),
      figure(each.cpuMsPerHour),
    ]);
  return [
    {
      section: 'idle',
      title: 'Idle: instances that nobody writes to',
      note: 'Memory: used heap and external, for each instance with its connection. CPU an hour: with receiveTimeout 60.',
      columns: ['receiver', 'instances', 'memory each', 'CPU µs a poll', 'CPU ms an hour'],
      rows: [...rowsOf(LABELS.ours, idle.ours), ...rowsOf(LABELS.bareUndici, idle.bareUndici)],
    },
  ];
}

function memoryTables({ memory }: BenchResult): readonly Table[] {
  if (!memory) return [];
  const { growthOver1MNotifications, notifications, warmUpNotifications, samples } = memory;
  const every = Math.max(1, Math.floor(samples.length / 5));
  return [
    {
      section: 'memory',
      title: `Memory over ${figure(notifications)} notifications`,
      note: `Growth: ${mebibytes(growthOver1MNotifications)}. Held: used heap and external, after garbage collection. Before, ${figure(warmUpNotifications)} notifications filled what the library remembers.`,
      columns: ['after notifications', 'held', 'resident'],
      rows: samples
        .filter((_, index) => index % every === 0 || index === samples.length - 1)
        .map((sample) => [
          figure(sample.notifications),
          mebibytes(sample.heldBytes),
          mebibytes(sample.residentBytes),
        ]),
    },
  ];
}

function startupTables({ startup }: BenchResult): readonly Table[] {
  if (!startup) return [];
  const { plainApp, withModule, addedWallMs, addedCpuMs } = startup;
  const rowOf = (label: string, { wallMs, cpuMs }: typeof plainApp) => [
    label,
    figure(wallMs.median),
    range(wallMs),
    figure(cpuMs.median),
    range(cpuMs),
  ];
  return [
    {
      section: 'startup',
      title: 'Start: from the start of the process until the Nest application is ready',
      note: `The module adds ${figure(addedWallMs)} ms, and ${figure(addedCpuMs)} ms of CPU time.`,
      columns: ['application', 'ms', 'min … max', 'CPU ms', 'min … max'],
      rows: [rowOf('empty', plainApp), rowOf('with this library', withModule)],
    },
  ];
}

function latencyTables({ latency }: BenchResult): readonly Table[] {
  if (!latency) return [];
  return [
    {
      section: 'latency',
      title: 'Latency: from the arrival at the gateway until the handler runs',
      note: 'One instance, round trip 0 ms; over a network, half a round trip is added.',
      columns: ['receiver', 'p50 ms', 'p99 ms', 'notifications'],
      rows: CONTESTANT_NAMES.flatMap((name) => {
        const figures = latency[name];
        if (!figures) return [];
        const { p50Ms, p99Ms, notifications } = figures;
        return [[LABELS[name], figure(p50Ms), figure(p99Ms), figure(notifications)]];
      }),
    },
  ];
}

function failureTables({ failures }: BenchResult): readonly Table[] {
  if (!failures) return [];
  return [
    {
      section: 'failures',
      title: 'Failures: of 20 messages, the handler fails twice for one, and always for another',
      note: 'Blocked: still in the queue at the end. Uncaught: an error that ends the process, unless the application prevents it.',
      columns: ['receiver', 'handled', 'lost', 'repeated', 'blocked', 'dead letters', 'uncaught'],
      rows: Object.entries(failures).map(([name, figures]) => [
        FAILURE_LABELS[name as FailureCase],
        ...[
          figures.handled,
          figures.lost,
          figures.repeated,
          figures.blocked,
          figures.deadLetters,
          figures.uncaught,
        ].map(figure),
      ]),
    },
  ];
}
