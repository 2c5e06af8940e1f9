import { parseSettingsPatch } from '../../instance/instance.settings.js';
import { type Answer, errorAnswer, jsonAnswer } from '../answers.js';
import type { ApiCall, ApiMethod } from '../api.method.js';
import { parseBody } from '../request-body.js';

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

/** `POST setSettings` */
export const setSettingsMethod: ApiMethod = {
  name: 'setSettings',
  verbs: ['POST'],
  requestsPerSecond: 1,

  handle(call: ApiCall): Answer {
    const body = parseBody(call.bodyText);
    if (!body.ok) return errorAnswer(call, 400, body.message);
    const patch = parseSettingsPatch(body.value);
    if (!patch.ok) return errorAnswer(call, 400, patch.message);
    call.instance.saveSettings(patch.values);
    return jsonAnswer({ saveSettings: true });
  },
};

/** `GET getStateInstance` */
export const getStateInstanceMethod: ApiMethod = {
  name: 'getStateInstance',
  verbs: ['GET'],
  requestsPerSecond: 1,
  handle: ({ instance }) => jsonAnswer({ stateInstance: instance.stateInstance }),
};

/** `GET getStatusInstance` (archived by GREEN-API) */
export const getStatusInstanceMethod: ApiMethod = {
  name: 'getStatusInstance',
  verbs: ['GET'],
  requestsPerSecond: 1,
  handle: ({ instance }) =>
    jsonAnswer({ statusInstance: instance.stateInstance === 'authorized' ? 'online' : 'offline' }),
};
