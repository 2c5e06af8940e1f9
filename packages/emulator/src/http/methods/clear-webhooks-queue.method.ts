import type { Answer } from '../answer.js';
import type { ApiCall, ApiMethod } from '../api.method.js';
import { jsonAnswer } from '../json.answer.js';

/** `DELETE clearWebhooksQueue`, in two of its published samples `GET`. */
export const clearWebhooksQueueMethod: ApiMethod = {
  name: 'clearWebhooksQueue',
  verbs: ['DELETE', 'GET'],
  requestsPerSecond: 1,

  handle({ instance, options }: ApiCall): Answer {
    if (instance.settings.webhookUrl !== '' && options.clearWithWebhookUrl === 'fails') {
      return jsonAnswer({ isCleared: false, reason: 'Internal error' });
    }
    const leftTime = instance.report.clear();
    return jsonAnswer(
      leftTime === 0
        ? { isCleared: true, reason: '' }
        : { isCleared: false, reason: 'Too many requests', leftTime },
    );
  },
};
