import { parseSettingsPatch } from '../../instance/settings.patch.js';
import type { Answer } from '../answer.js';
import type { ApiCall, ApiMethod } from '../api.method.js';
import { errorAnswer } from '../error.answer.js';
import { jsonAnswer } from '../json.answer.js';
import { parseBody } from '../request.body.js';

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
