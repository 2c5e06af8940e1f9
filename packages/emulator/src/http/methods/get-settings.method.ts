import type { ApiMethod } from '../api.method.js';
import { jsonAnswer } from '../json.answer.js';

/** `GET getSettings` */
export const getSettingsMethod: ApiMethod = {
  name: 'getSettings',
  verbs: ['GET'],
  requestsPerSecond: 1,
  handle: ({ instance }) =>
    jsonAnswer({
      wid: instance.wid,
      typeInstance: instance.typeInstance,
      ...instance.settings,
    }),
};
