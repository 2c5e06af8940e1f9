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

/** Whether a job is one of ours. */
export function isJobData(data: unknown): data is JobData {
  const { stored, text } = Object(data) as { readonly stored?: unknown; readonly text?: unknown };
  return typeof text === 'string' || (typeof stored === 'object' && stored !== null);
}

export function storedOf(data: JobData): StoredNotification {
  return 'stored' in data ? data.stored : (JSON.parse(data.text) as StoredNotification);
}
