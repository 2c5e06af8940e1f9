import { readThrown } from '../../common/thrown.js';
import { GreenApiError } from '../../gateway/green-api.errors.js';
import { type Instance, labelOf } from '../../instance/instance.js';

export const POLLING_STARTED = (instance: Instance) => `Polling ${labelOf(instance)}`;

export const SHARE_CHANGED = (polled: number, all: number) =>
  `Polling ${polled} of ${all} instances here; other processes with the same inbox share the rest`;

export const POLLING_SCHEDULED = (instance: Instance, cron: string) =>
  `Polling ${labelOf(instance)} at "${cron}"`;

export const REQUEST_FAILED = (instance: Instance, error: unknown, delayMs: number) =>
  `${error instanceof GreenApiError ? error.message : `${labelOf(instance)}: ${readThrown(error).message}`}; ` +
  `next attempt in ${Math.ceil(delayMs / 1000)} s`;

export const RECOVERED = (instance: Instance) => `Receiving from ${labelOf(instance)} again`;

export const ALREADY_GONE = (instance: Instance) =>
  `A notification of ${labelOf(instance)} was already deleted from GREEN-API's queue; if this repeats, ` +
  'another program polls the same instance, and each takes notifications from the other';

export const UNSETTLED = (instance: Instance, timeoutMs: number) =>
  `A notification of ${labelOf(instance)} was still being handled ${timeoutMs} ms after receiving stopped; ` +
  'GREEN-API keeps it and delivers it again';

export const NO_ANSWER_BEHIND_DELETE = (instance: Instance) =>
  `GREEN-API did not answer a receiveNotification of ${labelOf(instance)} that was sent right behind a ` +
  'deleteNotification; for an hour, receiving waits for each deletion. If this repeats, something on the way ' +
  "does not support HTTP pipelining: set polling.overlap: 'never'";

export const STALE_HEADS = (instance: Instance, times: number) =>
  `GREEN-API answered ${times} times in a row with a notification of ${labelOf(instance)} that was just being ` +
  'deleted; it was not handled again. For ten minutes, receiving waits for each deletion. If this repeats, ' +
  "set polling.overlap: 'never'";
