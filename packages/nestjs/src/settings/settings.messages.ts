import { printable } from '../common/printable.js';
import type { InstanceSettings } from '../gateway/green-api.types.js';
import { type Instance, labelOf } from '../instance/instance.js';

/** Returns the URL without the parts that may be secret: user, password and query. */
export function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) return '(not a URL)';
  const { origin, pathname, search } = new URL(url);
  return printable(`${origin}${pathname}${search === '' ? '' : '?…'}`);
}

export const SETTINGS_FIT = (instance: Instance) =>
  `The GREEN-API settings of ${labelOf(instance)} match`;

export const SETTINGS_MISMATCH = (instance: Instance, mismatch: string) =>
  `The GREEN-API settings of ${labelOf(instance)} do not match: ${mismatch}`;

export const SETTINGS_UNREADABLE = (instance: Instance, error: unknown) =>
  `Could not read or change the GREEN-API settings of ${labelOf(instance)}: ${messageOf(error)}`;

export const SETTINGS_CHANGED = (instance: Instance, changes: InstanceSettings) =>
  `Changed the GREEN-API settings of ${labelOf(instance)}: ${describe(changes)}; ` +
  'the instance restarts, and the changes take effect within 5 minutes';

export const SETTINGS_IN_FORCE = (instance: Instance) =>
  `The changed settings of ${labelOf(instance)} have taken effect`;

export const SETTINGS_LATE = (instance: Instance, waitedMs: number) =>
  `The changed settings of ${labelOf(instance)} have not taken effect after ${Math.round(waitedMs / 60_000)} ` +
  'minutes; check the instance in the GREEN-API console';

function describe(changes: InstanceSettings): string {
  return Object.entries(changes)
    .map(([name, value]) => {
      if (value === '') return `${name} cleared`;
      if (value === 'yes') return `${name} switched on`;
      if (name === 'webhookUrl') return `webhookUrl set to ${withoutSecrets(String(value))}`;
      return `${name} set`;
    })
    .join(', ');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
