import { InvalidArgumentError } from 'commander';

import { parseHostName } from '../access/host-name.js';
import { ALL, parseOrigin } from '../access/origin.js';
import { defaultSettings, type InstanceSettings } from '../instance/instance.settings.js';
import type { TypeInstance } from '../notification/notification.types.js';
import type { EmulatorOptions } from '../options/emulator.options.js';
import type { UndocumentedOptions } from '../options/undocumented.options.js';

/** The parsed flags of `green-api-emulator`. */
export interface CliFlags extends Pick<
  UndocumentedOptions,
  | 'emptyAnswer'
  | 'redeliveryReceiptId'
  | 'visibilityTimeoutMs'
  | 'receiveTimeoutOutOfRange'
  | 'unknownReceipt'
  | 'settingsDelayMs'
  | 'errorBody'
> {
  port: number;
  host: string;
  allowHost: string[];
  allowOrigin: string[];
  allowWebhookHost: string[];
  instance: { idInstance: string; apiTokenInstance: string }[];
  typeInstance: TypeInstance;
  webhookUrl?: string;
  webhookUrlToken?: string;
  allSwitches: boolean;
  rateLimits: boolean;
  answerTimeoutMs: number;
  retryPauseMs: number;
  pacingMs: number;
}

const HIGHEST_PORT = 65_535;

/** Parses the value of each flag, or throws an error that says what is expected. */
export const flagParsers = {
  port(text: string): number {
    const port = flagParsers.wholeNumber(text);
    if (port > HIGHEST_PORT)
      throw new InvalidArgumentError(`Not a port: the highest is ${HIGHEST_PORT}.`);
    return port;
  },

  wholeNumber(text: string): number {
    if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Not a whole number.');
    return Number(text);
  },

  instance(text: string, before: CliFlags['instance']): CliFlags['instance'] {
    const [, idInstance, apiTokenInstance] = /^(\d+):([^/\s]+)$/.exec(text) ?? [];
    if (!idInstance || !apiTokenInstance) {
      throw new InvalidArgumentError('Expected idInstance:apiTokenInstance, e.g. 1101000001:abc.');
    }
    if (before.some((instance) => instance.idInstance === idInstance)) {
      throw new InvalidArgumentError(`Instance ${idInstance} is given twice.`);
    }
    return [...before, { idInstance, apiTokenInstance }];
  },

  host(text: string, before: string[]): string[] {
    if (parseHostName(text) === undefined)
      throw new InvalidArgumentError('Expected a name or address without scheme and port.');
    return [...before, text];
  },

  hostOrAll(text: string, before: string[]): string[] {
    return text === ALL ? [...before, text] : flagParsers.host(text, before);
  },

  origin(text: string, before: string[]): string[] {
    if (text !== ALL && parseOrigin(text) === undefined)
      throw new InvalidArgumentError('Expected an origin such as http://localhost:5173, or *.');
    return [...before, text];
  },

  url(text: string): string {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !['http:', 'https:'].includes(url.protocol)) {
      throw new InvalidArgumentError('Not an http or https URL.');
    }
    return text;
  },
};

/** Converts the flags to the options of the emulator. */
export function flagsToOptions(flags: CliFlags): EmulatorOptions {
  const {
    allowHost: allowedHosts,
    allowOrigin: allowedOrigins,
    allowWebhookHost: allowedWebhookHosts,
    instance,
    typeInstance,
    webhookUrl,
    webhookUrlToken,
    allSwitches,
    answerTimeoutMs,
    retryPauseMs,
    pacingMs,
    ...options
  } = flags;
  const settings: Partial<InstanceSettings> = {
    ...(allSwitches && everySwitchOn()),
    ...(webhookUrl !== undefined && { webhookUrl }),
    ...(webhookUrlToken !== undefined && { webhookUrlToken }),
  };
  return {
    ...options,
    allowedHosts,
    allowedOrigins,
    allowedWebhookHosts,
    newInstances: { typeInstance, settings },
    ...(instance.length > 0 && { instances: instance }),
    webhook: { answerTimeoutMs, retryPauseMs, pacingMs },
  };
}

function everySwitchOn(): Partial<InstanceSettings> {
  const switches = Object.keys(defaultSettings()).filter((name) => name.endsWith('Webhook'));
  return Object.fromEntries(switches.map((name) => [name, 'yes']));
}
