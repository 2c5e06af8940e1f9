import { CONTESTANT_NAMES } from '../contestants/contestants.js';
import type { BenchResult } from '../run.bench.js';
import type { PollingSetupResult } from '../sections/polling.section.js';
import { TEAM_NAMES } from '../sections/inbox/inbox.throughput.js';
import type { PlatformResult } from '../sections/webhook.section.js';
import type { Spread } from '../statistics.js';
import { barChart, lineChart } from './charts.js';
import { LABELS, TEAM_LABELS } from './labels.js';

/** The plots of a result, by the name of their file. */
export function plotsOf(result: BenchResult): Record<string, string> {
  const { polling, webhook, idle, memory, inbox } = result;
  const plots: Record<string, string> = {};
  if (polling?.rtt20) {
    plots['rate-at-20-ms'] = barChart(
      'Notifications a second, one instance, round trip 20 ms',
      barsOf(polling.rtt20, 'perSecondSpread'),
    );
  }
  if (polling?.rtt80) {
    plots['rate-at-80-ms'] = barChart(
      'Notifications a second, one instance, round trip 80 ms',
      barsOf(polling.rtt80, 'perSecondSpread'),
    );
  }
  if (polling?.rtt0) {
    plots['polling-cpu'] = barChart(
      'CPU time for a polled notification in µs, 40 instances',
      barsOf(polling.rtt0, 'cpuMicrosSpread'),
    );
  }
  if (webhook) {
    const { express, fastify, bareHttp } = webhook;
    plots['webhook-cpu'] = barChart('CPU time for a webhook in µs, 20 senders', [
      ...platformBars('Express', express),
      ...platformBars('Fastify', fastify),
      ...(bareHttp ? [barOf('bare node:http', bareHttp.cpuMicrosSpread, false)] : []),
    ]);
  }
  if (idle) {
    plots['idle-memory'] = barChart(
      'Memory of an idle instance in KiB',
      (['ours', 'bareUndici'] as const).flatMap((name) =>
        Object.entries(idle[name]).map(([instances, { bytesPerInstance }]) => ({
          label: `${LABELS[name]}, ${Number(instances).toLocaleString('en-US')} instances`,
          value: bytesPerInstance / 1024,
          isOurs: name === 'ours',
        })),
      ),
    );
  }
  if (memory) {
    plots['memory'] = lineChart(
      'Used heap and external memory in MiB',
      'handled notifications',
      memory.samples.map(({ notifications, heldBytes }) => ({
        x: notifications,
        y: heldBytes / 1024 / 1024,
      })),
    );
  }
  if (inbox?.completed.failing) {
    const { failing, tenMs } = inbox.completed;
    plots['inbox-completions'] = barChart(
      'Handled messages a second, 1,000 chats, handlers of 10 ms, 200 at once',
      TEAM_NAMES.flatMap((team) => {
        const figures = (team === 'bullmq' ? failing : tenMs)?.[team];
        return figures
          ? [barOf(TEAM_LABELS[team], figures.perSecondSpread, team !== 'bullmq')]
          : [];
      }),
    );
  }
  return plots;
}

function barOf(label: string, { median, min, max }: Spread, isOurs: boolean) {
  return { label, value: median, min, max, isOurs };
}

function barsOf(setup: PollingSetupResult, key: 'perSecondSpread' | 'cpuMicrosSpread') {
  return CONTESTANT_NAMES.flatMap((name) => {
    const figures = setup[name];
    return figures ? [barOf(LABELS[name], figures[key], name === 'ours')] : [];
  });
}

function platformBars(platform: string, { ours, handWrittenController }: PlatformResult) {
  return [
    barOf(`this library on ${platform}`, ours.cpuMicrosSpread, true),
    barOf(`controller by hand on ${platform}`, handWrittenController.cpuMicrosSpread, false),
  ];
}
