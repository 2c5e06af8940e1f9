import type { ApiMethod } from '../api.method.js';
import { jsonAnswer } from '../json.answer.js';

/** `GET getStateInstance` */
export const getStateInstanceMethod: ApiMethod = {
  name: 'getStateInstance',
  verbs: ['GET'],
  requestsPerSecond: 1,
  handle: ({ instance }) => jsonAnswer({ stateInstance: instance.stateInstance }),
};
