import { type Answer, errorAnswer, jsonAnswer } from '../answers.js';
import type { ApiCall, ApiMethod } from '../api.method.js';
import { fieldsOf } from '../request-body.js';

/** Returns an error if the account cannot send now. */
export function refuseUnauthorized(call: ApiCall): Answer | undefined {
  const { stateInstance } = call.instance;
  if (stateInstance === 'authorized') return undefined;
  const starting = stateInstance === 'starting';
  return errorAnswer(
    call,
    400,
    starting ? 'instance in starting process try later' : 'instance is starting or not authorized',
  );
}

/** A method that is recorded and answered, but has no effect. */
function messengerMethod(
  name: string,
  requestsPerSecond: number | undefined,
  answer: (call: ApiCall, fields: Readonly<Record<string, unknown>>) => Answer,
): ApiMethod {
  return {
    name,
    verbs: ['POST'],
    ...(requestsPerSecond !== undefined && { requestsPerSecond }),
    refuse: refuseUnauthorized,
    handle(call) {
      const body = fieldsOf(call);
      return body.ok ? answer(call, body.value) : errorAnswer(call, 400, body.message);
    },
  };
}

const sending = (name: string) =>
  messengerMethod(name, 50, (call, fields) =>
    jsonAnswer({ idMessage: call.instance.sendOther(name, fields) }),
  );

const upload = messengerMethod('sendFileByUpload', 50, (call, fields) => {
  const hasFile = Object.values(fields).some((value) => value instanceof File);
  if (!hasFile) return errorAnswer(call, 400, 'bad request data');
  return jsonAnswer({ idMessage: call.instance.sendOther('sendFileByUpload', fields) });
});

const downloadFile = messengerMethod('downloadFile', 5, (call, fields) => {
  const missing = ['chatId', 'idMessage'].find((name) => typeof fields[name] !== 'string');
  if (missing)
    return errorAnswer(call, 400, `Validation failed. Details: '${missing}' is required`);
  call.instance.record('downloadFile', fields);
  const file = encodeURIComponent(String(fields['idMessage']));
  return jsonAnswer({ downloadUrl: `https://storage.example/green-api/${file}` });
});

/** Neither their requests nor their answers are documented here. */
const undocumented = (name: string, requestsPerSecond?: number) =>
  messengerMethod(name, requestsPerSecond, (call, fields) => {
    call.instance.record(name, fields);
    return jsonAnswer(call.options.undocumentedAnswers[name] ?? {});
  });

/** What bots call besides `sendMessage`. */
export const MESSENGER_METHODS: readonly ApiMethod[] = [
  sending('sendFileByUrl'),
  upload,
  sending('sendPoll'),
  sending('sendLocation'),
  sending('sendContact'),
  downloadFile,
  undocumented('forwardMessages'),
  undocumented('editMessage'),
  undocumented('deleteMessage'),
  undocumented('readChat'),
  undocumented('getChatHistory', 1),
  undocumented('getContactInfo'),
  undocumented('checkWhatsapp'),
];
