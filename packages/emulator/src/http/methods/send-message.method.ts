import { type Answer, errorAnswer, jsonAnswer } from '../answers.js';
import type { ApiCall, ApiMethod } from '../api.method.js';
import { parseBody } from '../request-body.js';

/** `POST sendMessage` with `{chatId, message, quotedMessageId?}` */
export const sendMessageMethod: ApiMethod = {
  name: 'sendMessage',
  verbs: ['POST'],
  requestsPerSecond: 50,

  refuse(call: ApiCall): Answer | undefined {
    const { stateInstance } = call.instance;
    if (stateInstance === 'authorized') return undefined;
    const starting = stateInstance === 'starting';
    return errorAnswer(
      call,
      400,
      starting
        ? 'instance in starting process try later'
        : 'instance is starting or not authorized',
    );
  },

  handle(call: ApiCall): Answer {
    const body = parseBody(call.bodyText);
    if (!body.ok) return errorAnswer(call, 400, body.message);
    const fields = (body.value ?? {}) as Record<string, unknown>;
    const missing = ['chatId', 'message'].find((name) => !isText(fields[name]));
    if (missing)
      return errorAnswer(call, 400, `Validation failed. Details: '${missing}' is required`);

    const { quotedMessageId } = fields;
    const sent = call.instance.send({
      chatId: String(fields['chatId']),
      message: String(fields['message']),
      ...(isText(quotedMessageId) && { quotedMessageId }),
    });
    return jsonAnswer({ idMessage: sent.idMessage });
  },
};

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
