import type { Answer } from '../answer.js';
import type { ApiCall } from '../api.method.js';
import { errorAnswer } from '../error.answer.js';

/** Why the queue may not be read now, if it may not. */
export function refuseQueueAccess(call: ApiCall): Answer | undefined {
  const { instance, options } = call;
  if (instance.settings.webhookUrl !== '') {
    return errorAnswer(
      call,
      400,
      `Message cannot be received because custom webhook url is set. Go to cabinet, clear webhook url for instance: ${instance.idInstance} and wait for about 1 minute for another attempt`,
      'code',
    );
  }
  if (instance.stateInstance === 'starting' && options.queueWhileStarting === 'refuse') {
    return errorAnswer(call, 400, 'instance in starting process try later');
  }
  return undefined;
}
