import type { SectionName } from '../bench.scale.js';
import { measureFailures } from './failures.section.js';
import { measureIdle } from './idle.section.js';
import { measureInbox } from './inbox/inbox.section.js';
import { measureLatency } from './latency.section.js';
import { measureMemory } from './memory.section.js';
import { measurePolling } from './polling.section.js';
import { measureStartup } from './startup.section.js';
import { measureWebhook } from './webhook.section.js';

export const SECTIONS = {
  polling: measurePolling,
  webhook: measureWebhook,
  idle: measureIdle,
  memory: measureMemory,
  startup: measureStartup,
  latency: measureLatency,
  failures: measureFailures,
  inbox: measureInbox,
} as const satisfies Record<SectionName, unknown>;

export type SectionResults = {
  readonly [Name in SectionName]?: Awaited<ReturnType<(typeof SECTIONS)[Name]>>;
};
