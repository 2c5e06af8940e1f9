import type { InstanceSettings } from '../gateway/green-api.types.js';
import { neededSwitches, SWITCHES } from './switches.js';
import type { WantedSettings } from './wanted-settings.js';
import { withoutSecrets } from './settings.messages.js';

/** Returns one sentence for each setting that does not match: what is wrong, and what to do. */
export function mismatchesOf(settings: InstanceSettings, wanted: WantedSettings): string[] {
  return [
    ...(wanted.transport === 'polling'
      ? pollingMismatches(settings)
      : webhookMismatches(settings, wanted)),
    ...switchMismatches(settings, wanted),
  ];
}

function pollingMismatches({ webhookUrl }: InstanceSettings): string[] {
  return webhookUrl
    ? [
        `webhookUrl is set to ${withoutSecrets(webhookUrl)}, so notifications go there and cannot ` +
          "be polled; clear it, or use transport: 'webhook'",
      ]
    : [];
}

function webhookMismatches(
  { webhookUrl = '', webhookUrlToken = '' }: InstanceSettings,
  { publicUrl, accepts }: WantedSettings,
): string[] {
  if (webhookUrl === '') {
    return ['webhookUrl is empty, so GREEN-API posts nothing; set it to the address of the route'];
  }
  const mismatches: string[] = [];
  if (publicUrl !== undefined && publicUrl !== webhookUrl) {
    mismatches.push(
      `webhookUrl is ${withoutSecrets(webhookUrl)}, but webhook.publicUrl is ${withoutSecrets(publicUrl)}`,
    );
  }
  if (!accepts(webhookUrlToken)) {
    mismatches.push(
      `webhookUrlToken is ${webhookUrlToken === '' ? 'empty' : 'not in webhook.token'}, so ` +
        'everything that GREEN-API posts is refused with 401; set it to webhook.token',
    );
  }
  return mismatches;
}

function switchMismatches(settings: InstanceSettings, { handled }: WantedSettings): string[] {
  const off = [...neededSwitches(handled)]
    .filter(([name]) => settings[name] === 'no')
    .map(([name, reason]) => `${name} is off, but there is a handler for ${reason}`);
  const isAllOff = SWITCHES.every((name) => settings[name] !== 'yes');
  return off.length === 0 && handled.length > 0 && isAllOff
    ? ['every kind of notification is switched off, so none will arrive']
    : off;
}
