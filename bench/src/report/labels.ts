import type { ContestantName } from '../contestants/contestants.js';
import type { TeamName } from '../sections/inbox/inbox.throughput.js';
import type { FailureCase } from '../sections/failures.section.js';

/** How the report calls the contestants. */
export const LABELS: Readonly<Record<ContestantName, string>> = {
  ours: 'this library',
  bareUndiciPaced: 'bare undici, paced',
  bareUndici: 'bare undici',
  bareFetch: 'bare fetch',
  officialReceiver: 'whatsapp-api-client, its receiver',
  officialLoop: 'whatsapp-api-client, loop by hand',
  officialV2Loop: 'whatsapp-api-client-js-v2, loop by hand',
};

export const FAILURE_LABELS: Readonly<Record<FailureCase, string>> = {
  ours: LABELS.ours,
  officialReceiverSync: `${LABELS.officialReceiver}, handler throws`,
  officialReceiverAsync: `${LABELS.officialReceiver}, handler rejects`,
  officialLoop: LABELS.officialLoop,
  officialV2Loop: LABELS.officialV2Loop,
};

export const TEAM_LABELS: Readonly<Record<TeamName, string>> = {
  pglite: 'inbox on PGlite',
  postgres1: 'inbox on PostgreSQL',
  postgres2: 'inbox on PostgreSQL, 2 processes',
  postgres4: 'inbox on PostgreSQL, 4 processes',
  bullmq: 'BullMQ on Redis',
};

/** Three significant figures, or whole numbers with commas. */
export function figure(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}

export function range({ min, max }: { readonly min: number; readonly max: number }): string {
  return `${figure(min)} … ${figure(max)}`;
}

export function kibibytes(bytes: number): string {
  return `${figure(bytes / 1024)} KiB`;
}

export function mebibytes(bytes: number): string {
  return `${figure(bytes / 1024 / 1024)} MiB`;
}
