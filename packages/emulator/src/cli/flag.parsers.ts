import { InvalidArgumentError } from 'commander';
import type { CliFlags } from './cli.flags.js';

const HIGHEST_PORT = 65_535;

/** Turns what was typed into values, or says what was expected. */
export const flagParsers = {
  port(text: string): number {
    const port = flagParsers.wholeNumber(text);
    if (port > HIGHEST_PORT) throw new InvalidArgumentError(`Not a port: at most ${HIGHEST_PORT}.`);
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

  url(text: string): string {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !['http:', 'https:'].includes(url.protocol)) {
      throw new InvalidArgumentError('Not an http or https URL.');
    }
    return text;
  },
};
