import { type Answer, errorAnswer, jsonAnswer } from '../answers.js';
import type { ApiCall, ApiMethod } from '../api.method.js';
import { fieldsOf } from '../request-body.js';
import { refuseUnauthorized } from './messenger.methods.js';

/** `POST sendMessage` with `{chatId, message, quotedMessageId?}` */
export const sendMessageMethod: ApiMethod = {
  name: 'sendMessage',
  verbs: ['POST'],
  requestsPerSecond: 50,

  refuse: refuseUnauthorized,

  handle(call: ApiCall): Answer {
    const body = fieldsOf(call);
    if (!body.ok) return errorAnswer(call, 400, body.message);
    const fields = body.value;
    const missing = ['chatId', 'message'].find((name) => !isText(fields[name]));
    if (missing)
      return errorAnswer(call, 400, `Validation failed. Details: '${missing}' is required`);

    const { quotedMessageId } = fields;
    const message = {
      chatId: String(fields['chatId']),
      message: String(fields['message']),
      ...(isText(quotedMessageId) && { quotedMessageId }),
    };
    const { idMessage } = call.instance.send(message, fields);
    return jsonAnswer({ idMessage });
  },
};

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
