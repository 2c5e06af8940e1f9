import type { Clock } from '../clock/clock.js';
import { SystemClock } from '../clock/system.clock.js';
import { hostsOption, originsOption } from './access.options.js';
import type {
  EmulatorOptions,
  InstanceOptions,
  RefusedWebhook,
  WebhookSenderOptions,
} from './emulator.options.js';
import type { UndocumentedOptions } from './undocumented.options.js';

/** Options with every default filled in. */
export interface ResolvedOptions extends UndocumentedOptions {
  readonly port: number;
  readonly host: string;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly allowedWebhookHosts: readonly string[];
  readonly onWebhookRefused: (refused: RefusedWebhook) => void;
  readonly clock: Clock;
  readonly instances: readonly InstanceOptions[] | undefined;
  readonly newInstances: Pick<InstanceOptions, 'typeInstance' | 'settings'>;
  readonly rateLimits: boolean;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly retentionMs: number;
  readonly keepAliveTimeoutMs: number;
  readonly webhook: WebhookSenderOptions;
}

const MAX_SETTINGS_DELAY_MS = 300_000;

export function resolveOptions(options: EmulatorOptions): ResolvedOptions {
  const resolved: ResolvedOptions = {
    port: 0,
    host: '127.0.0.1',
    onWebhookRefused: () => undefined,
    clock: new SystemClock(),
    instances: undefined,
    newInstances: {},
    rateLimits: true,
    answers: {},
    retentionMs: 24 * 60 * 60 * 1000,
    keepAliveTimeoutMs: 72_000,
    emptyAnswer: 'null',
    redeliveryReceiptId: 'same',
    replacedReceipt: 'accept',
    visibilityTimeoutMs: 0,
    receiveTimeoutOutOfRange: 'clamp',
    unknownReceipt: 'result-false',
    malformedReceiptStatus: 400,
    deleteReason: 'max',
    malformedIdInstance: 'bad-request',
    settingsDelayMs: 0,
    queueWhileStarting: 'serve',
    countKey: 'count',
    countRefreshMs: 10_000,
    clearWithWebhookUrl: 'works',
    caseInsensitiveMethods: true,
    errorBody: 'published',
    messageStatusDelayMs: 0,
    undocumentedPerSecond: 1,
    ...withoutUndefined(options),
    allowedHosts: hostsOption('allowedHosts', options),
    allowedOrigins: originsOption(options),
    allowedWebhookHosts: hostsOption('allowedWebhookHosts', options),
    webhook: {
      answerTimeoutMs: 180_000,
      retryPauseMs: 60_000,
      pacingMs: 20,
      success: '200',
      ...withoutUndefined(options.webhook ?? {}),
    },
  };
  if (!(resolved.settingsDelayMs >= 0 && resolved.settingsDelayMs <= MAX_SETTINGS_DELAY_MS)) {
    throw new RangeError(
      `settingsDelayMs is ${resolved.settingsDelayMs}; GREEN-API applies settings within 0..${MAX_SETTINGS_DELAY_MS} ms`,
    );
  }
  return resolved;
}

function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as T;
}
