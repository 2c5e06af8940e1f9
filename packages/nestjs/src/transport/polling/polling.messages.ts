import { readThrown } from '../../common/thrown.js';
import { GreenApiError } from '../../gateway/green-api.errors.js';
import type { Instance } from '../../instance/instance.js';

const label = ({ name, idInstance }: Instance) =>
  name === idInstance ? `instance ${idInstance}` : `instance "${name}" (${idInstance})`;

export const POLLING_STARTED = (instance: Instance) => `Polling ${label(instance)}`;

export const POLLING_SCHEDULED = (instance: Instance, cron: string) =>
  `Polling ${label(instance)} at "${cron}"`;

export const REQUEST_FAILED = (instance: Instance, error: unknown, delayMs: number) =>
  `${error instanceof GreenApiError ? error.message : `${label(instance)}: ${readThrown(error).message}`}; ` +
  `next attempt in ${Math.ceil(delayMs / 1000)} s`;

export const RECOVERED = (instance: Instance) => `Receiving from ${label(instance)} again`;

export const ALREADY_GONE = (instance: Instance) =>
  `A notification of ${label(instance)} was already deleted from GREEN-API's queue; if this repeats, ` +
  'another program polls the same instance, and each takes notifications from the other';

export const UNSETTLED = (instance: Instance, timeoutMs: number) =>
  `A notification of ${label(instance)} was still being handled ${timeoutMs} ms after receiving stopped; ` +
  'GREEN-API keeps it and delivers it again';
