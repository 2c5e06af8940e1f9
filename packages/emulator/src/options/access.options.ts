import { parseHostName } from '../access/host-name.js';
import { ALL, parseOrigin } from '../access/origin.js';
import type { EmulatorOptions } from './emulator.options.js';

/** @throws TypeError if one of the hosts is none */
export function hostsOption(
  name: 'allowedHosts' | 'allowedWebhookHosts',
  options: EmulatorOptions,
): string[] {
  return (options[name] ?? []).map((text) => {
    if (name === 'allowedWebhookHosts' && text === ALL) return ALL;
    const expected = 'a host without scheme and port, e.g. 10.0.0.7';
    return parseHostName(text) ?? refuse(name, text, expected);
  });
}

/** @throws TypeError if one of the origins is none */
export function originsOption({ allowedOrigins = [] }: EmulatorOptions): string[] {
  return allowedOrigins.map((text) => {
    if (text === ALL) return ALL;
    const expected = 'an origin, e.g. http://localhost:5173, or *';
    return parseOrigin(text) ?? refuse('allowedOrigins', text, expected);
  });
}

function refuse(option: string, text: string, expected: string): never {
  throw new TypeError(`${option} contains ${JSON.stringify(text)}, but each must be ${expected}`);
}
