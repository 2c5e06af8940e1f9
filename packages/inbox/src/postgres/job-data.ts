import { isNotificationBody } from '@green-notifications/nestjs';

import type { StoredNotification } from '../jobs/job.js';

/** What pg-boss keeps as the data of a job. */
export type JobData = { readonly stored: StoredNotification } | { readonly text: string };

/** `jsonb` takes neither NUL nor half of a surrogate pair. */
const REFUSED_BY_JSONB = /\\u0000|\\ud[89a-f]/i;

/** As JSON that can be queried, or as text if `jsonb` would refuse it. */
export function dataOf(stored: StoredNotification, asText = false): JobData {
  const text = JSON.stringify(stored);
  return asText || REFUSED_BY_JSONB.test(text) ? { text } : { stored };
}

/** Undefined if the data is not ours: somebody else may put jobs into our queue. */
export function storedOf(data: unknown): StoredNotification | undefined {
  const { stored, text } = Object(data) as { readonly stored?: unknown; readonly text?: unknown };
  const found = typeof text === 'string' ? parsed(text) : stored;
  const { idInstance, notification } = Object(found) as Partial<StoredNotification>;
  const isOurs = typeof idInstance === 'string' && isNotificationBody(notification);
  return isOurs ? (found as StoredNotification) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
