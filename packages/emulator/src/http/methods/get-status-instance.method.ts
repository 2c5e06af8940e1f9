import type { ApiMethod } from '../api.method.js';
import { jsonAnswer } from '../json.answer.js';

/** `GET getStatusInstance` (archived by GREEN-API) */
export const getStatusInstanceMethod: ApiMethod = {
  name: 'getStatusInstance',
  verbs: ['GET'],
  requestsPerSecond: 1,
  handle: ({ instance }) =>
    jsonAnswer({ statusInstance: instance.stateInstance === 'authorized' ? 'online' : 'offline' }),
};
