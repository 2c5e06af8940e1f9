import { defaultSettings } from '../instance/default.settings.js';
import type { InstanceSettings } from '../instance/instance.settings.js';
import type { EmulatorOptions } from '../options/emulator.options.js';
import type { CliFlags } from './cli.flags.js';

/** The emulator's options that the flags stand for. */
export function flagsToOptions(flags: CliFlags): EmulatorOptions {
  const {
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
    newInstances: { typeInstance, settings },
    ...(instance.length > 0 && { instances: instance }),
    webhook: { answerTimeoutMs, retryPauseMs, pacingMs },
  };
}

function everySwitchOn(): Partial<InstanceSettings> {
  const switches = Object.keys(defaultSettings()).filter((name) => name.endsWith('Webhook'));
  return Object.fromEntries(switches.map((name) => [name, 'yes']));
}
