import type { ApiMethod } from '../api.method.js';
import { jsonAnswer } from '../json.answer.js';

/** `GET getWebhooksCount` */
export const getWebhooksCountMethod: ApiMethod = {
  name: 'getWebhooksCount',
  verbs: ['GET'],
  requestsPerSecond: 1,
  handle: ({ instance, options }) => jsonAnswer({ [options.countKey]: instance.report.count() }),
};
