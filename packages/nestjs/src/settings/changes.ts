import type { InstanceSettings } from '../gateway/green-api.types.js';
import { neededSwitches } from './switches.js';
import type { WantedSettings } from './wanted-settings.js';

/**
 * Returns the settings that must change to match `wanted`, and no others. A setting that the
 * messenger does not have is left out.
 */
export function changesFor(settings: InstanceSettings, wanted: WantedSettings): InstanceSettings {
  const changes = {
    ...addressFor(settings, wanted),
    ...Object.fromEntries(
      [...neededSwitches(wanted.handled).keys()].map((name) => [name, 'yes'] as const),
    ),
  };
  return Object.fromEntries(
    Object.entries(changes).filter(
      ([name, value]) => settings[name] !== value && (value !== 'yes' || settings[name] === 'no'),
    ),
  );
}

function addressFor(settings: InstanceSettings, wanted: WantedSettings): InstanceSettings {
  const { transport, publicUrl, token, accepts } = wanted;
  if (transport === 'polling') return { webhookUrl: '', webhookUrlToken: '' };
  return {
    ...(publicUrl !== undefined && { webhookUrl: publicUrl }),
    // A token that is still accepted is not changed, so that a token rotation is not undone.
    ...(!accepts(settings.webhookUrlToken ?? '') && { webhookUrlToken: token ?? '' }),
  };
}
